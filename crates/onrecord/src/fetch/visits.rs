//! Goes to addresses, and on from feeds to the pages of their entries.

use std::collections::{BTreeSet, VecDeque};
use std::sync::atomic::Ordering;

use url::Url;

use super::client::{Answer, Client, Page, Refusal};
use super::{Address, Fetched, NO_ADDRESS, Way};
use crate::ingest::{Each, Entry, Item, Known, Map, Place, Unreadable, entries, is_feed, read_stream};

/// An address on the list.
struct Errand {
    /// As it was given: what messages call it.
    name: String,
    /// Whether to go on to the pages of its entries when it is a feed.
    follow: bool,
    /// The feed that it stands in, by its number, with what the feed says of the page.
    from: Option<(usize, Box<Entry>)>,
}

impl Errand {
    fn place(&self) -> Place {
        Place { file: self.name.clone(), offset: 0 }
    }
}

/// A feed whose pages are being fetched.
struct Feed {
    page: Page,
    /// Whether it stands in the own network, and its pages may.
    own: bool,
    /// Whether a page of it was not had and may be next time.
    lacking: bool,
}

/// Goes to every address, and answers whether to go on. Hosts take turns: while one is to be left alone, another is
/// asked.
pub(crate) fn visit(
    addresses: &[Address],
    way: Way<'_>,
    map: &Map,
    fetched: &mut Fetched,
    each: &mut Each<'_>,
) -> bool {
    let errand = |address: &Address| Errand { name: address.url.clone(), follow: address.follow, from: None };
    let mut tour = Tour {
        client: Client::new(way),
        way,
        map,
        list: addresses.iter().map(errand).collect(),
        named: addresses.iter().map(|address| address.url.clone()).collect(),
        feeds: Vec::new(),
        fetched,
    };
    let on = tour.run(each);
    if on {
        let whole = tour.feeds.into_iter().filter(|feed| !feed.lacking);
        fetched.feeds.extend(whole.map(|feed| feed.page.visit));
    }
    on
}

struct Tour<'a> {
    client: Client<'a>,
    way: Way<'a>,
    map: &'a Map,
    list: VecDeque<Errand>,
    /// Every address that is or was on the list.
    named: BTreeSet<String>,
    feeds: Vec<Feed>,
    fetched: &'a mut Fetched,
}

impl Tour<'_> {
    fn run(&mut self, each: &mut Each<'_>) -> bool {
        while let Some(errand) = self.next() {
            if self.way.stop.load(Ordering::Relaxed) {
                return false;
            }
            match self.get(&errand) {
                Ok(Answer::Unchanged) => self.fetched.unchanged += 1,
                Ok(Answer::Page(page)) if errand.follow && is_feed(&page.bytes, self.map) => {
                    if !self.open_feed(&errand, *page, each) {
                        return false;
                    }
                }
                Ok(Answer::Page(page)) => {
                    if !read(&errand, *page, self.map, each) {
                        return false;
                    }
                }
                Err(refusal) => {
                    if self.way.stop.load(Ordering::Relaxed) {
                        return false;
                    }
                    if !self.refused(errand, refusal, each) {
                        return false;
                    }
                }
            }
        }
        true
    }

    /// The first address whose host may be asked now, or else the one with the shortest wait.
    fn next(&mut self) -> Option<Errand> {
        let wait =
            |errand: &Errand| Url::parse(&errand.name).map(|url| self.client.wait(&url)).unwrap_or_default();
        let mut best = (0, None);
        for (index, errand) in self.list.iter().enumerate() {
            let wait = wait(errand);
            if best.1.is_none_or(|shortest| wait < shortest) {
                best = (index, Some(wait));
            }
            if wait.is_zero() {
                break;
            }
        }
        self.list.remove(best.0)
    }

    fn get(&mut self, errand: &Errand) -> Result<Answer, Refusal> {
        let url = Url::parse(&errand.name).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
        let mut url = url.ok_or_else(|| Refusal::lasting(NO_ADDRESS))?;
        url.set_fragment(None);
        let last = self.way.lookup.visit(url.as_str());
        let trusted = errand.from.as_ref().is_none_or(|(feed, _)| self.feeds[*feed].own);
        self.client.get(&url, last.as_ref(), trusted)
    }

    /// Puts the pages of a feed on the list. An entry without a page is read from the feed.
    fn open_feed(&mut self, errand: &Errand, page: Page, each: &mut Each<'_>) -> bool {
        let entries = match entries(&errand.name, &page.bytes) {
            Ok(entries) => entries,
            Err(reason) => return each(Err(Unreadable { place: errand.place(), reason })),
        };
        let number = self.feeds.len();
        let own = super::hosts::is_private(&page.url);
        for mut entry in entries {
            let link = entry.known.url.as_deref().and_then(|link| page.url.join(link).ok());
            match link.filter(|link| matches!(link.scheme(), "http" | "https")) {
                Some(link) => {
                    let name = link.to_string();
                    entry.known.url = Some(name.clone());
                    if self.named.insert(name.clone()) {
                        self.list.push_back(Errand {
                            name,
                            follow: false,
                            from: Some((number, Box::new(entry))),
                        });
                    }
                }
                None => {
                    if !each(entry.item) {
                        return false;
                    }
                }
            }
        }
        self.feeds.push(Feed { page, own, lacking: false });
        true
    }

    /// What to do about a page that was not had: the feed's own text stands in for it, if there is one.
    fn refused(&mut self, errand: Errand, refusal: Refusal, each: &mut Each<'_>) -> bool {
        let place = errand.place();
        let Some((feed, entry)) = errand.from else {
            return each(Err(Unreadable { place, reason: refusal.reason }));
        };
        self.feeds[feed].lacking |= refusal.passes;
        match entry.item {
            Ok(item) => each(Ok(item)),
            Err(_) => each(Err(Unreadable { place, reason: refusal.reason })),
        }
    }
}

/// Reads what was sent, whatever its format, and says of every item where it came from.
fn read(errand: &Errand, page: Page, map: &Map, each: &mut Each<'_>) -> bool {
    let Page { url, bytes, charset, visit } = page;
    let said = errand.from.as_ref().map(|(_, entry)| entry.known.clone()).unwrap_or_default();
    read_stream(&errand.name, bytes.as_slice(), map, &mut |found| {
        each(found.map(|item| {
            let address = Known { url: Some(url.to_string()), ..Known::default() };
            let known = item.known.clone().or(address).or(said.clone());
            Item {
                known,
                charset: item.charset.clone().or_else(|| charset.clone()),
                visit: Some(visit.clone()),
                ..item
            }
        }))
    })
}
