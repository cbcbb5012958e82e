/// The style of the portal: from a phone to a wall screen, light, dark and printed.
enum PortalStyle {
    static let icon: StaticString = """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#0b4f8a"/>\
        <path d="M7 24V14h4v10zm7 0V8h4v16zm7 0v-7h4v7z" fill="#fff"/></svg>
        """

    static let sheet: StaticString = """
        :root { color-scheme: light dark; --ink: #17202c; --soft: #556070; --line: #d5dbe3; --paper: #fff; --wash: #f3f5f8;
          --accent: #0b4f8a; --on-accent: #fff; --sure: #d3f0df; --sure-line: #17794a; --likely: #d6e7fb; --likely-line: #1c5fa8;
          --unsure: #fdebbd; --unsure-line: #8f5b00; --weak: #fcd9d5; --weak-line: #b3261e; --mark: #ffe58a;
          --c0: #0b4f8a; --c1: #a33b00; --c2: #17694a; --c3: #7a2a8a; --c4: #6b5a00; --c5: #a8174f; --c6: #006a73; --c7: #3d4852; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e6eaf0; --soft: #a3aebb; --line: #364150; --paper: #171d26;
          --wash: #0f141b; --accent: #8cc2f5; --on-accent: #0c1620; --sure: #123f2b; --sure-line: #5ccb95; --likely: #16365a;
          --likely-line: #79b5f2; --unsure: #4a3606; --unsure-line: #f0bb4a; --weak: #571f1b; --weak-line: #ff938a; --mark: #6a5200;
          --c0: #8cc2f5; --c1: #ffb083; --c2: #6fd6a8; --c3: #d9a5ea; --c4: #e0cf6c; --c5: #ff9cc0; --c6: #74d4de; --c7: #c5ced8; } }
        * { box-sizing: border-box; }
        html { font-size: clamp(16px, 12px + .3vw, 26px); -webkit-text-size-adjust: 100%; }
        body.portal { margin: 0 auto; max-width: 92rem; padding: 0 1.25rem 2rem; background: var(--wash); color: var(--ink);
          line-height: 1.6; overflow-wrap: anywhere;
          font-family: system-ui, "Noto Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif; }
        a { color: var(--accent); text-underline-offset: .2em; text-decoration-thickness: 1px; }
        a:hover { text-decoration-thickness: 2px; } :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
        main:focus { outline: 0; }
        .skip { position: absolute; left: -999rem; } .skip:focus { left: 1rem; top: .5rem; background: var(--paper);
          padding: .5rem .8rem; z-index: 5; }
        .unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
        .top { display: flex; flex-wrap: wrap; align-items: center; gap: .4rem 1.4rem; padding: .8rem 0; margin-bottom: 1.2rem;
          border-bottom: 1px solid var(--line); }
        .brand { font-weight: 700; font-size: 1.2rem; text-decoration: none; color: var(--ink); padding: .3rem 0; white-space: nowrap; }
        .brand .latin { font-weight: 400; color: var(--soft); }
        .top nav ul { display: flex; flex-wrap: wrap; gap: .1rem 1.1rem; list-style: none; margin: 0; padding: 0; }
        .top nav a { display: inline-block; padding: .35rem 0; text-decoration: none; white-space: nowrap; }
        .top nav a:hover { text-decoration: underline; }
        .top nav a[aria-current] { font-weight: 700; color: var(--ink); box-shadow: inset 0 -3px var(--accent); }
        .language { margin: 0 0 0 auto; } .top .find + .language { margin-left: 0; } .language a { display: inline-block; padding: .35rem .2rem; }
        .find { display: flex; gap: .4rem; margin-left: auto; } .find input { width: 13rem; }
        .find.large { margin: 0; max-width: 46rem; } .find.large input { flex: 1; width: auto; min-width: 0; font-size: 1.15rem; padding: .6rem .8rem; } .find.large input, .find.large button { height: 3.1rem; }
        input, select, button { font: inherit; color: var(--ink); background: var(--paper); border: 1px solid var(--soft);
          border-radius: .4rem; padding: .35rem .6rem; height: 2.5rem; max-width: 100%; }
        input::placeholder { color: var(--soft); opacity: 1; }
        button { background: var(--accent); color: var(--on-accent); border-color: var(--accent); font-weight: 600; cursor: pointer; padding-inline: 1.1rem; }
        h1 { font-size: clamp(1.5rem, 1.15rem + 1.4vw, 2.3rem); line-height: 1.25; margin: .2rem 0 .8rem; text-wrap: balance; }
        h1.small { font-size: 1.2rem; } h2 { font-size: 1.1rem; margin: 0 0 .6rem; line-height: 1.4; } h3 { font-size: .95rem; margin: .9rem 0 .3rem; color: var(--soft); }
        h2 + h3 { margin-top: 0; }
        .lead { font-size: 1.08rem; color: var(--soft); max-width: 46rem; margin: 0 0 1rem; } .soft { color: var(--soft); } .hint { color: var(--soft); font-size: .95rem; }
        .hint a { margin-left: .5rem; display: inline-block; padding: .2rem 0; }
        .hero { padding: 1.2rem 0 .6rem; }
        .card { background: var(--paper); border: 1px solid var(--line); border-radius: .6rem; padding: 1rem 1.2rem; margin: 0 0 1.2rem; min-width: 0; }
        .columns { display: grid; grid-template-columns: minmax(0, 1.5fr) minmax(0, 1fr); gap: 1.2rem; align-items: start; } .stack { min-width: 0; }
        .tiles { list-style: none; display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: .8rem; margin: 1rem 0 1.4rem; padding: 0; }
        .tiles li > * { display: block; background: var(--paper); border: 1px solid var(--line); border-radius: .6rem; padding: .7rem 1rem; text-decoration: none; color: var(--ink); height: 100%; }
        .tiles a:hover { border-color: var(--accent); } .tiles b { display: block; font-size: 1.7rem; line-height: 1.25; font-variant-numeric: tabular-nums; } .tiles span { color: var(--soft); }
        .list { list-style: none; margin: 0; padding: 0; } .list > li { padding: .55rem 0; border-top: 1px solid var(--line); } .list > li:first-child { border-top: 0; padding-top: 0; }
        .list p { margin: .1rem 0 0; font-size: .93rem; } .title { font-weight: 600; } .more { margin: .7rem 0 0; }
        .more a, .actions a { display: inline-block; padding: .3rem 0; } .actions { display: flex; flex-wrap: wrap; gap: .2rem 1rem; margin: .6rem 0; }
        .bars { list-style: none; margin: 0; padding: 0; } .bars li { display: grid; grid-template-columns: minmax(0, 1.5fr) minmax(3rem, 1fr) auto; gap: .7rem; align-items: center; padding: .15rem 0; }
        .bars a { padding: .2rem 0; } meter { width: 100%; height: .7rem; border: 0; background: var(--line); border-radius: .2rem; overflow: hidden; } meter::-webkit-meter-bar { background: var(--line); border: 0; border-radius: .2rem; height: .7rem; }
        meter::-webkit-meter-optimum-value { background: var(--accent); } meter::-moz-meter-bar { background: var(--accent); }
        .num { text-align: right; font-variant-numeric: tabular-nums; } .nowrap { white-space: nowrap; }
        .flag { color: var(--unsure-line); font-weight: 600; font-size: .86em; white-space: nowrap; } .good { color: var(--sure-line); font-weight: 600; }
        .chips { display: inline-flex; flex-wrap: wrap; gap: .15rem .35rem; vertical-align: middle; } .chip { border: 1px solid var(--line); border-radius: .9em; padding: 0 .55em; font-size: .86em; }
        .chip.sureness { border-color: transparent; } .card .chip.sureness { font-size: 1rem; padding: .15rem .7rem; } .line .chips { align-items: baseline; } .sure { background: var(--sure); } .likely { background: var(--likely); } .unsure { background: var(--unsure); } .weak { background: var(--weak); }
        .figure .value { font-variant-numeric: tabular-nums; } .figure .name { font-weight: 500; }
        .chips-list, .years ul, .legend-list { list-style: none; display: flex; flex-wrap: wrap; gap: .4rem .6rem; margin: 0 0 1rem; padding: 0; }
        .chips-list a, .years a { display: inline-block; border: 1px solid var(--line); border-radius: 1em; padding: .2rem .8rem; text-decoration: none; background: var(--paper); }
        .chips-list a:hover, .years a:hover { border-color: var(--accent); } [aria-current] { border-color: var(--accent) !important; font-weight: 700; }
        .card .chips-list { margin-bottom: 0; } .crumbs { margin: 0; color: var(--soft); } .crumbs a { padding: .2rem 0; display: inline-block; }
        .facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: .6rem 1.2rem; margin: 0; } .facts dt { color: var(--soft); font-size: .86rem; } .facts dd { margin: 0; } .none { color: var(--soft); }
        .big { font-size: 1.1rem; margin: -.2rem 0 1.2rem; } .big b { font-size: clamp(1.7rem, 1.3rem + 1.6vw, 2.6rem); line-height: 1.2; font-variant-numeric: tabular-nums; margin-right: .4rem; }
        .passage { line-height: 1.95; font-size: 1.05rem; } .passage p { margin: 0 0 .6rem; } .passage .under { color: var(--soft); font-size: .92rem; }
        mark { background: var(--mark); color: var(--ink); border-radius: .2em; padding: .1em .2em; font-weight: 700; } .passage .other { color: inherit; text-decoration-style: dotted; } .passage .mark { color: inherit; }
        .snippet { background: var(--wash); border-radius: .4rem; padding: .4rem .7rem; margin: .35rem 0 0 !important; } .found { counter-reset: none; }
        pre { background: var(--wash); border-radius: .4rem; padding: .6rem .8rem; margin: 0; overflow: auto; white-space: pre-wrap; font-size: .84rem; line-height: 1.5; } code { font-size: .92em; } .link { font-size: .9rem; margin: 0; }
        .plain { margin: 0; padding-left: 1.2rem; } .empty { background: var(--paper); border: 1px dashed var(--soft); border-radius: .6rem; padding: 1.4rem; color: var(--soft); }
        .wide { overflow-x: auto; margin: 0 0 .4rem; } table { border-collapse: collapse; width: 100%; overflow-wrap: normal; font-size: .95rem; line-height: 1.45; } th, td { padding: .45rem .7rem; border-bottom: 1px solid var(--line); vertical-align: top; text-align: left; }
        main > .wide { background: var(--paper); border: 1px solid var(--line); border-radius: .6rem; margin-bottom: 1.2rem; } thead th { font-weight: 600; color: var(--soft); border-bottom: 2px solid var(--line); vertical-align: bottom; } tbody th { font-weight: 500; min-width: 8rem; } .wide .num { text-align: right; } .num a { white-space: nowrap; }
        tr.this { background: var(--likely); } .wide a { padding: .1rem 0; }
        .ask { display: flex; flex-wrap: wrap; gap: .7rem 1rem; align-items: end; } .field { display: grid; gap: .2rem; flex: 1 1 11rem; max-width: 20rem; } .field label { font-size: .9rem; color: var(--soft); } .field input, .field select { width: 100%; }
        .meant { list-style: none; display: flex; flex-wrap: wrap; gap: .6rem; margin: 1rem 0; padding: 0; } .meant a { display: block; background: var(--paper); border: 1px solid var(--line); border-left: 4px solid var(--accent); border-radius: .4rem; padding: .4rem .9rem; text-decoration: none; } .meant a:hover b { text-decoration: underline; } .meant b { display: block; } .meant span { color: var(--soft); font-size: .88rem; }
        .results { margin-top: 1.2rem; } .results.narrowed { display: grid; grid-template-columns: 14rem minmax(0, 1fr); gap: 1.2rem; margin-top: 1.2rem; } .facets h2 { font-size: .95rem; } .facets ul { list-style: none; margin: 0 0 1rem; padding: 0; } .facets li { padding: .1rem 0; } .facets a { padding: .15rem 0; display: inline-block; }
        figure { margin: 0; } .chart { display: block; width: 100%; max-width: 66rem; height: auto; } .narrow-chart { display: none; } .axis { fill: var(--soft); } .grid { stroke: var(--line); } .zero { stroke: var(--soft); stroke-width: 1.5; }
        .line { stroke-width: 2.4; stroke-linejoin: round; fill: none !important; } .aim { stroke-dasharray: 6 5; } circle.aim { stroke-dasharray: none; fill: var(--paper) !important; } .point { stroke-width: 1.6; } .look { fill: var(--paper) !important; stroke-width: 2.6; } .spread { stroke-width: 2; } text.end { stroke: none; } text.value { font-weight: 700; }
        .c0 { stroke: var(--c0); fill: var(--c0); } .c1 { stroke: var(--c1); fill: var(--c1); } .c2 { stroke: var(--c2); fill: var(--c2); } .c3 { stroke: var(--c3); fill: var(--c3); } .c4 { stroke: var(--c4); fill: var(--c4); } .c5 { stroke: var(--c5); fill: var(--c5); } .c6 { stroke: var(--c6); fill: var(--c6); } .c7 { stroke: var(--c7); fill: var(--c7); }
        .b0 { background: var(--c0); } .b1 { background: var(--c1); } .b2 { background: var(--c2); } .b3 { background: var(--c3); } .b4 { background: var(--c4); } .b5 { background: var(--c5); } .b6 { background: var(--c6); } .b7 { background: var(--c7); }
        .legend-list { margin: .6rem 0 0; font-size: .9rem; color: var(--soft); gap: .2rem 1.4rem; } .swatch { display: inline-block; width: .8em; height: .8em; border-radius: .15em; margin-right: .4em; }
        .foot { margin-top: 2rem; border-top: 1px solid var(--line); padding-top: .4rem; color: var(--soft); font-size: .9rem; } .foot a { display: inline-block; padding: .25rem 0; }
        .guide { max-width: 52rem; line-height: 1.75; } .guide p, .guide ul, .guide ol { margin: 0 0 1rem; } .guide h2 { font-size: 1.3rem; margin: 2rem 0 .6rem; } .guide h3 { font-size: 1.05rem; color: var(--ink); } .guide pre { background: var(--paper); border: 1px solid var(--line); white-space: pre; margin: 0 0 1rem; }
        .guide table { font-size: .92rem; } .guide td:first-child { white-space: nowrap; } .guide code { overflow-wrap: anywhere; } .guide code.option { white-space: nowrap; } .guide li { margin: .25rem 0; } .guide-list li { padding: .3rem 0; font-size: 1.08rem; }
        @media (max-width: 62rem) { .columns, .results.narrowed { grid-template-columns: minmax(0, 1fr); } .facets { order: 2; } .find { margin-left: 0; } }
        @media (max-width: 40rem) { body.portal { padding-inline: .9rem; } .top .find { flex: 1 1 100%; order: 9; } .find input { flex: 1; width: auto; min-width: 0; } .top .language { margin-left: auto; } .top nav { order: 8; flex: 1 1 100%; }
          .top nav ul { gap: 0 1rem; } .card { padding: .9rem; } .tiles { grid-template-columns: 1fr 1fr; } .tiles b { font-size: 1.35rem; } .wide-chart { display: none; } .narrow-chart { display: block; } th, td { padding: .4rem .45rem; } .field { max-width: none; } }
        @media (forced-colors: active) { mark, .chip.sureness, .swatch { forced-color-adjust: none; } }
        @media print { @page { margin: 16mm 15mm; } :root { --ink: #000; --soft: #444; --line: #aaa; --paper: #fff; --wash: #fff; --accent: #000; } html { font-size: 10.5pt; }
          body.portal { max-width: none; padding: 0; background: #fff; } .top nav, .find, .language, .skip, .ask, .actions, .facets, .more, .years { display: none !important; } .card, .wide { border: 0 !important; padding: 0; } .columns, .results { display: block; } tr, figure, .card { break-inside: avoid; } thead { display: table-header-group; } h2, h3 { break-after: avoid; } .wide { overflow: visible; } a { text-decoration: none; } .narrow-chart { display: none; } .wide-chart { display: block; } }
        """
}
