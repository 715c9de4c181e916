//! Any text is read: strange ones give strange tokens, never a panic.

/// Numbers of no pattern, the same each time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }
}

#[test]
fn random_strings_are_read() {
    let pieces = [
        "Holm",
        " ",
        "  ",
        "\n",
        "\u{a0}",
        "\u{301}",
        "\u{200d}",
        "(",
        "\"",
        "“",
        "http://a.b",
        "$5",
        "n't",
        "'s",
        "...",
        "é",
        "漢",
        "🙂",
        "\0",
        "\u{1f}",
        "\u{feff}",
        "m.",
        ":)",
        "-",
        "U.S.",
        "10am",
        "\u{10ffff}",
        "@",
        "x@y.z",
        "%",
    ];
    let pipeline = crate::common::tiny_model();
    let mut numbers = Numbers(1);
    for _ in 0..3_000 {
        let count = numbers.below(15);
        let text: String = (0..count).map(|_| pieces[numbers.below(pieces.len())]).collect();
        crate::common::check(&text, &pipeline.read(&text));
    }
}

#[test]
fn long_runs_of_one_thing_are_read() {
    let pipeline = crate::common::tiny_model();
    let units = [
        " ", "\n", "a", "(", ".", ":", "@", "\u{301}", "http://", "a@", "a-", "'", "🙂", "\0", "x:y@",
        "ab.cd/", "$", "m.", "a:) ", "don't",
    ];
    for unit in units {
        let text = unit.repeat(5_000);
        crate::common::check(&text, &pipeline.read(&text));
    }
}

#[test]
fn the_default_model_reads_them_too() {
    let pipeline = crate::common::default_model();
    for text in [
        "",
        " ",
        "\u{feff}",
        "\u{d7ff}\u{e000}",
        "(((((((((((((((",
        "a\0b",
        "\u{202e}gnirts",
        "Mr.",
        "\r\n\r\n",
        "   \u{3000}\t ",
        "\u{301}\u{302}\u{303}\u{489}",
        // What is left of a lone surrogate: its escape, or the sign that stands for it.
        "\\ud83d said \u{fffd}\u{fffd}.",
    ] {
        crate::common::check(text, &pipeline.read(text));
    }
    let text = "The minister of (".repeat(300);
    crate::common::check(&text, &pipeline.read(&text));
}

#[test]
fn ten_megabytes_without_a_break_are_read() {
    let pipeline = crate::common::default_model();
    for unit in [" ", "a", "\u{301}"] {
        let text = unit.repeat(10_000_000 / unit.len());
        let analysis = pipeline.read(&text);
        assert_eq!(analysis.tokens.len(), 1, "{unit:?}");
    }
}
