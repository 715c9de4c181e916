//! Statements as an Atom feed (RFC 4287). An entry needs a day: statements without one are left out.

use std::fmt::Write;

use onrecord::questions::Answer;

use crate::serve::words;

/// The feed of a list of statements. `this` is the address of the list.
pub(crate) fn feed(this: &str, answers: &[Answer]) -> String {
    let dated = || answers.iter().filter_map(|answer| Some((answer, answer.report.meta.published?)));
    // The epoch stands for a feed without an entry, which changed at no time that is known.
    let updated = dated().map(|(_, day)| day.to_string()).max().unwrap_or_else(|| "1970-01-01".to_owned());
    let this = escaped(this);
    let mut feed = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n\
         <id>urn:onrecord:list:{this}</id>\n<title>Statements</title>\n<updated>{updated}T00:00:00Z</updated>\n\
         <link rel=\"self\" href=\"{this}\"/>\n<author><name>Onrecord</name></author>\n"
    );
    for (answer, day) in dated() {
        entry(&mut feed, answer, &day.to_string());
    }
    feed + "</feed>\n"
}

fn entry(feed: &mut String, answer: &Answer, day: &str) {
    let row = &answer.row;
    let (lead, rest) = words::gist(row);
    let sentence = answer.sentence.as_ref().map_or(&row.passage.words, |sentence| &sentence.words);
    let outlet = answer.report.meta.outlet.as_deref().unwrap_or("outlet unknown");
    write!(
        feed,
        "<entry>\n<id>urn:onrecord:row:{id}</id>\n<title>{title}</title>\n<updated>{day}T00:00:00Z</updated>\n\
         <author><name>{outlet}</name></author>\n<link rel=\"alternate\" href=\"{link}\"/>\n\
         <summary type=\"text\">{sentence}</summary>\n</entry>\n",
        id = row.id,
        title = escaped(&format!("{lead}: {rest}")),
        outlet = escaped(outlet),
        link = escaped(&words::row(&row.id)),
        sentence = escaped(sentence),
    )
    .expect("a string takes all");
}

/// Text as XML has it. Characters that XML does not allow become the replacement character: a report may hold any.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '"' => out += "&quot;",
            '\'' => out += "&#39;",
            '\t' | '\n' | '\r' => out.push(character),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            _ => out.push(character),
        }
    }
    out
}
