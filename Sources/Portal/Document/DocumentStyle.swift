/// The style of a document's page: from a phone to a wall screen, light, dark and printed.
enum DocumentStyle {
    static let sheet: StaticString = """
        :root { color-scheme: light dark; --ink: #17202c; --soft: #556070; --line: #d5dbe3; --paper: #fff; --wash: #f3f5f8;
          --accent: #0b4f8a; --sure: #d3f0df; --sure-line: #17794a; --likely: #d6e7fb; --likely-line: #1c5fa8;
          --unsure: #fdebbd; --unsure-line: #8f5b00; --weak: #fcd9d5; --weak-line: #b3261e; --out: #626d7b; --strip: 5.25rem; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e6eaf0; --soft: #a3aebb; --line: #364150; --paper: #171d26;
          --wash: #0f141b; --accent: #8cc2f5; --sure: #123f2b; --sure-line: #5ccb95; --likely: #16365a;
          --likely-line: #79b5f2; --unsure: #4a3606; --unsure-line: #f0bb4a; --weak: #571f1b; --weak-line: #ff938a;
          --out: #98a3b1; } }
        * { box-sizing: border-box; }
        html { font-size: clamp(16px, 12px + .3vw, 26px); scroll-padding: 1rem 0 calc(var(--strip) + 1rem);
          -webkit-text-size-adjust: 100%; }
        body { margin: 0 auto; max-width: 92rem; padding: 0 1.25rem calc(var(--strip) + 1rem); background: var(--wash);
          color: var(--ink); line-height: 1.6; overflow-wrap: anywhere;
          font-family: system-ui, "Noto Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif; }
        a { color: var(--accent); } :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
        .skip { position: absolute; left: -999rem; } .skip:focus { left: 1rem; top: .5rem; background: var(--paper);
          padding: .5rem .8rem; z-index: 3; }
        .head { padding: 1.5rem 0 1rem; } .product { margin: 0; color: var(--soft); letter-spacing: .06em; font-size: .9rem; }
        h1 { font-size: clamp(1.45rem, 1.1rem + 1.4vw, 2.3rem); line-height: 1.25; margin: .2rem 0 .8rem; text-wrap: balance; }
        .facts { display: flex; flex-wrap: wrap; gap: .3rem 2rem; margin: 0; } .facts dt { color: var(--soft); font-size: .82rem; }
        .facts dd { margin: 0; } .none { color: var(--soft); font-style: italic; } .counts { margin: .9rem 0 .5rem; }
        .legend ul { list-style: none; display: flex; flex-wrap: wrap; gap: .4rem 1.6rem; margin: 0; padding: .7rem 1rem;
          background: var(--paper); border: 1px solid var(--line); border-radius: .6rem; font-size: .9rem; }
        .legend li { display: flex; gap: .5rem; align-items: baseline; } .many { color: var(--soft); font-variant-numeric:
          tabular-nums; font-weight: 400; } .many::before { content: "\\00d7\\2009"; } h3 .many, summary .many { margin-left: .5em; }
        .sheet { display: grid; grid-template-columns: minmax(0, 1.55fr) minmax(19rem, 1fr); gap: 1.25rem; align-items: start;
          margin-bottom: 1.25rem; }
        .text, .side, .between { background: var(--paper); border: 1px solid var(--line); border-radius: .6rem;
          padding: 1.1rem clamp(.9rem, 2.2vw, 2rem); }
        .side { position: sticky; top: .75rem; max-height: calc(100vh - var(--strip) - 1.5rem); overflow: auto;
          padding: .9rem 1rem; font-size: .9rem; }
        .label { margin: 0 0 .4rem; color: var(--soft); font-size: .85rem; }
        .words { line-height: 1.95; } .words p { margin: 0 0 .8rem; text-align: justify; }
        .words h2 { font-size: 1.4rem; line-height: 1.4; margin: .2rem 0 .8rem; text-wrap: balance; }
        .words :is(h3, h4, h5, h6) { font-size: 1.08rem; line-height: 1.5; margin: 1.3rem 0 .5rem; }
        .words .item { padding-left: 1.2em; } .words .caption { color: var(--soft); font-size: .92rem; }
        .between { color: var(--soft); margin-bottom: 1.25rem; font-size: .92rem; border-style: dashed; }
        .between p { margin: 0; }
        .fig, .key { color: inherit; border-radius: .2em; padding: .1em .18em; text-decoration: underline; text-decoration-skip-ink: none;
          text-underline-offset: .22em; text-decoration-thickness: 2px; }
        .sure { background: var(--sure); text-decoration-color: var(--sure-line); }
        .likely { background: var(--likely); text-decoration-style: dashed; text-decoration-color: var(--likely-line); }
        .unsure { background: var(--unsure); text-decoration-style: double; text-decoration-color: var(--unsure-line); }
        .weak { background: var(--weak); text-decoration-style: wavy; text-decoration-color: var(--weak-line); }
        .out { color: var(--out); text-decoration: underline dotted 1px; text-underline-offset: .25em; }
        .fig:hover, .fig:focus-visible, .fig:target { outline: 3px solid var(--accent); outline-offset: 1px; }
        .out:hover, .out:target { background: var(--wash); }
        .strip, .tip { position: fixed; left: 0; right: 0; bottom: 0; height: var(--strip); margin: 0; z-index: 1;
          padding: .8rem max(1.25rem, calc(50vw - 44rem)); background: var(--paper); border-top: 1px solid var(--line); overflow: auto;
          text-align: left; line-height: 1.5; }
        .strip { color: var(--soft); display: grid; align-content: center; }
        :is(.fig, .out):is(:hover, :focus-visible, :target) + .tip, .tip:hover { display: flex; flex-direction: column;
          gap: .3rem; justify-content: safe center; z-index: 2; border-top: 3px solid var(--accent); }
        :is(.fig, .out):is(:hover, :focus-visible) + .tip { z-index: 3; }
        .tip .reading { display: flex; flex-wrap: wrap; align-items: baseline; gap: .1rem .7rem; } .tip .name { font-size: 1.15rem; }
        .tip .value { font-size: 1.3rem; font-weight: 700; }
        .no { color: var(--soft); font-weight: 400; font-variant-numeric: tabular-nums; min-width: 1.6em; display: inline-block; }
        .normal { color: var(--soft); font-variant-numeric: tabular-nums; }
        .chips { display: inline-flex; flex-wrap: wrap; gap: .15rem .35rem; } .chip { border: 1px solid var(--line);
          border-radius: .9em; padding: 0 .55em; font-size: .86em; white-space: nowrap; }
        .chip.sureness { color: inherit; border-color: transparent; text-decoration: none; }
        .side h3 { font-size: 1.02rem; margin: 0 0 .5rem; } .side ol, .side ul { list-style: none; margin: 0; padding: 0; }
        .readings li { background: none; padding: .45rem .3rem .4rem .7rem; border-left: .3rem solid var(--sure-line); margin-bottom: .35rem; }
        .readings li.likely { border-left-style: dashed; border-color: var(--likely-line); }
        .readings li.unsure { border-left-style: double; border-color: var(--unsure-line); }
        .readings li.weak { border-left-style: dotted; border-color: var(--weak-line); }
        .readings li:target, .leftout li:target { background: var(--wash); outline: 2px solid var(--accent); }
        .line { margin: 0; display: flex; flex-wrap: wrap; align-items: baseline; gap: .05rem .5rem; } .line .value { font-weight: 700; }
        .line a.no { text-decoration: underline; color: var(--accent); padding: .25rem 0; min-width: 24px; } .line + .line { font-size: .95em; }
        .line details[open] { flex-basis: 100%; }
        details summary { cursor: pointer; color: var(--soft); padding: .2rem 0; } .readings summary { font-size: .86em; }
        .why { margin: .1rem 0 .3rem; color: var(--soft); font-size: .9em; }
        .leftout { margin-top: .8rem; border-top: 1px solid var(--line); padding-top: .5rem; } .leftout summary { color: var(--ink);
          font-weight: 700; } .leftout li { padding: .2rem .3rem; } .leftout li a { display: inline-block; min-width: 24px; color: var(--out); }
        .reason { color: var(--soft); } .around { display: block; color: var(--soft); font-size: .92em; }
        .wide { overflow-x: auto; margin: 0 0 1rem; } table { border-collapse: collapse; line-height: 1.5; font-size: .95rem; min-width: 60%; }
        caption { text-align: left; font-weight: 700; padding: .3rem 0; } th, td { border: 1px solid var(--line); padding: .35rem .7rem;
          vertical-align: top; overflow-wrap: normal; } td:empty { padding: 0; } thead th { background: var(--wash); text-align: center; font-weight: 600; }
        tbody th { text-align: left; font-weight: 500; } tbody td { text-align: right; font-variant-numeric: tabular-nums; }
        .colophon { color: var(--soft); font-size: .85rem; } .note { color: var(--soft); }
        @media (max-width: 62rem) { .sheet { grid-template-columns: minmax(0, 1fr); gap: .75rem; }
          .side { position: static; max-height: none; } :root { --strip: 7rem; } body { padding-inline: .75rem; }
          .strip, .tip { padding-inline: .9rem; } .words p { text-align: left; } }
        @media (hover: none) { :root { --strip: 0rem; } .strip, .tip { display: none !important; } }
        @media (forced-colors: active) { .fig, .key, .chip.sureness { forced-color-adjust: none; } }
        @media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
        @media print { @page { margin: 16mm 15mm; } :root { --ink: #000; --soft: #444; --line: #aaa; --paper: #fff; --wash: #fff; }
          html { font-size: 10.5pt; } body { padding: 0; max-width: none; background: #fff; } .strip, .tip, .skip { display: none !important; }
          .sheet { display: block; } .text, .side, .between { border: 0; padding: 0; margin-bottom: 1rem; }
          .side { position: static; max-height: none; overflow: visible; } .fig { background: none; }
          .readings ol { columns: 2; } .readings li { break-inside: avoid; } .readings summary { display: none; }
          h2, h3 { break-after: avoid; } tr { break-inside: avoid; } thead { display: table-header-group; } .wide { overflow: visible; } }
        """
}
