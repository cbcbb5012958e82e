#include "MessageTables.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

// Compiled in, so that the program needs no files beside it. Swift's own way, a literal of each byte, takes the
// compiler minutes for what this takes none of its time.

static const unsigned char portal[] = {
#embed "catalogue/portal.tsv"
};
static const unsigned char interface[] = {
#embed "catalogue/interface.tsv"
};
static const unsigned char parser[] = {
#embed "catalogue/parser.tsv"
};
static const unsigned char system[] = {
#embed "catalogue/system.tsv"
};
static const unsigned char help[] = {
#embed "catalogue/help.tsv"
};
static const unsigned char commands[] = {
#embed "catalogue/commands.tsv"
};
static const unsigned char answers[] = {
#embed "catalogue/answers.tsv"
};
static const unsigned char audit[] = {
#embed "catalogue/audit.tsv"
};
static const unsigned char codes[] = {
#embed "catalogue/codes.tsv"
};
static const unsigned char failures[] = {
#embed "catalogue/failures.tsv"
};
static const unsigned char panel[] = {
#embed "catalogue/panel.tsv"
};
static const unsigned char sheets[] = {
#embed "catalogue/sheets.tsv"
};
static const unsigned char engine[] = {
#embed "catalogue/engine.tsv"
};
static const unsigned char rejections[] = {
#embed "catalogue/rejections.tsv"
};
static const unsigned char settings[] = {
#embed "catalogue/settings.tsv"
};

#define TABLE(name) { #name, name, sizeof name }

static const struct message_table tables[] = {
    TABLE(portal), TABLE(interface), TABLE(parser), TABLE(system), TABLE(help), TABLE(commands), TABLE(answers), TABLE(audit), TABLE(codes), TABLE(failures), TABLE(panel), TABLE(sheets), TABLE(engine), TABLE(rejections), TABLE(settings),
};

const struct message_table *message_tables(size_t *count) {
    *count = sizeof tables / sizeof tables[0];
    return tables;
}

static const unsigned char guide_zh_first_hour[] = {
#embed "guide/zh/first-hour.md"
};
static const unsigned char guide_zh_panel[] = {
#embed "guide/zh/panel.md"
};
static const unsigned char guide_zh_newsroom[] = {
#embed "guide/zh/newsroom.md"
};
static const unsigned char guide_zh_data_office[] = {
#embed "guide/zh/data-office.md"
};
static const unsigned char guide_zh_postgresql[] = {
#embed "guide/zh/postgresql.md"
};
static const unsigned char guide_zh_backup[] = {
#embed "guide/zh/backup.md"
};
static const unsigned char guide_zh_upgrade[] = {
#embed "guide/zh/upgrade.md"
};
static const unsigned char guide_zh_retention[] = {
#embed "guide/zh/retention.md"
};
static const unsigned char guide_zh_tenants[] = {
#embed "guide/zh/tenants.md"
};
static const unsigned char guide_zh_outside_audit[] = {
#embed "guide/zh/outside-audit.md"
};
static const unsigned char guide_zh_what_to_do[] = {
#embed "guide/zh/what-to-do.md"
};
static const unsigned char guide_zh_reference[] = {
#embed "guide/zh/reference.md"
};
static const unsigned char guide_zh_glossary[] = {
#embed "guide/zh/glossary.md"
};
static const unsigned char guide_en_first_hour[] = {
#embed "guide/en/first-hour.md"
};
static const unsigned char guide_en_panel[] = {
#embed "guide/en/panel.md"
};
static const unsigned char guide_en_newsroom[] = {
#embed "guide/en/newsroom.md"
};
static const unsigned char guide_en_data_office[] = {
#embed "guide/en/data-office.md"
};
static const unsigned char guide_en_postgresql[] = {
#embed "guide/en/postgresql.md"
};
static const unsigned char guide_en_backup[] = {
#embed "guide/en/backup.md"
};
static const unsigned char guide_en_upgrade[] = {
#embed "guide/en/upgrade.md"
};
static const unsigned char guide_en_retention[] = {
#embed "guide/en/retention.md"
};
static const unsigned char guide_en_tenants[] = {
#embed "guide/en/tenants.md"
};
static const unsigned char guide_en_outside_audit[] = {
#embed "guide/en/outside-audit.md"
};
static const unsigned char guide_en_what_to_do[] = {
#embed "guide/en/what-to-do.md"
};
static const unsigned char guide_en_reference[] = {
#embed "guide/en/reference.md"
};
static const unsigned char guide_en_glossary[] = {
#embed "guide/en/glossary.md"
};

#define PAGE(language, page, file) { #language "/" page, guide_##language##_##file, sizeof guide_##language##_##file }

static const struct message_table pages[] = {
    PAGE(zh, "first-hour", first_hour),
    PAGE(zh, "panel", panel),
    PAGE(zh, "newsroom", newsroom),
    PAGE(zh, "data-office", data_office),
    PAGE(zh, "postgresql", postgresql),
    PAGE(zh, "backup", backup),
    PAGE(zh, "upgrade", upgrade),
    PAGE(zh, "retention", retention),
    PAGE(zh, "tenants", tenants),
    PAGE(zh, "outside-audit", outside_audit),
    PAGE(zh, "what-to-do", what_to_do),
    PAGE(zh, "glossary", glossary),
    PAGE(zh, "reference", reference),
    PAGE(en, "first-hour", first_hour),
    PAGE(en, "panel", panel),
    PAGE(en, "newsroom", newsroom),
    PAGE(en, "data-office", data_office),
    PAGE(en, "postgresql", postgresql),
    PAGE(en, "backup", backup),
    PAGE(en, "upgrade", upgrade),
    PAGE(en, "retention", retention),
    PAGE(en, "tenants", tenants),
    PAGE(en, "outside-audit", outside_audit),
    PAGE(en, "what-to-do", what_to_do),
    PAGE(en, "glossary", glossary),
    PAGE(en, "reference", reference),
};

const struct message_table *guide_pages(size_t *count) {
    *count = sizeof pages / sizeof pages[0];
    return pages;
}
