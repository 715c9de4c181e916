//! The pages and the API, asked without a network: the whole router, guard and all.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, Response, StatusCode};
use onrecord::Engine;
use onrecord::core::Meta;
use onrecord::store::Store;
use serde_json::Value as Json;
use tower::ServiceExt;

use crate::serve::room::Room;
use crate::serve::{Settings, router};

/// A report on which every layer has something to say.
const DAM: &str = "\
Dam will hold, minister says

TAVENNA, March 4 (Norvale Wire) - The dam at Orrin will hold, Interior Minister Karel Brandt said on Tuesday.

“It has held for sixty years,” Brandt told reporters.

Nearly 300 people were displaced in the valley. “We lost the boat,” Olin Madsen, a farmer, said.
";
/// A report that would be more than text.
const HOSTILE: &str = "\
<script>alert(1)</script> & \"><img src=x onerror=alert(2)>

The <b>dam</b> will hold, Mayor Ines <script>alert(3)</script> Moreau said on Monday.

“</mark></p><script>alert(4)</script> Nearly 40 boats sank,” Moreau told reporters.
";

/// A reading room on a database of its own, gone with it.
struct Desk {
    folder: PathBuf,
    room: Arc<Room>,
    router: Router,
}

/// An answer.
struct Answer {
    status: StatusCode,
    head: Response<()>,
    body: String,
}

impl Answer {
    fn json(&self) -> Json {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    fn header(&self, name: &str) -> &str {
        self.head
            .headers()
            .get(name)
            .map(|value| value.to_str().expect("headers are text"))
            .unwrap_or_default()
    }
}

impl Desk {
    fn new(token: Option<&str>) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("onrecord-room-{}-{count}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("the folder can be made");
        let mut store = Store::open(&folder.join("room.db")).expect("the database can be made");
        let engine = Engine::new().expect("the model is whole");
        let reports = [(DAM, "2026-03-04", "Norvale Wire"), (HOSTILE, "2026-03-05", "<i>Lantern</i>")];
        for (text, day, outlet) in reports {
            let url = Some("https://norvale.example/\"><script>".to_owned());
            let meta = Meta { published: day.parse().ok(), outlet: Some(outlet.into()), url, source: None };
            store.keep(text, meta, |text, meta| engine.read(text, meta)).expect("the report is kept");
        }
        let host = "127.0.0.1".parse().expect("an address");
        let settings = Settings { host, port: 0, token: token.map(str::to_owned), rate: 50 };
        let room = Arc::new(Room::new(store, settings).unwrap_or_else(|error| panic!("{error}")));
        room.count(&room.pool.open().expect("it can be read")).expect("it can be counted");
        Self { router: router(&room), room, folder }
    }

    async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.expect("the router cannot fail");
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.expect("the body is whole");
        let body = String::from_utf8(body.to_vec()).expect("the body is text");
        Answer { status: parts.status, head: Response::from_parts(parts, ()), body }
    }

    async fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        let request = Request::get(path).header("host", "127.0.0.1:8080");
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        self.send(request.body(Body::empty()).expect("a request")).await
    }

    async fn get(&self, path: &str) -> Answer {
        self.get_with(path, &[]).await
    }

    async fn post(&self, path: &str, kind: &str, body: &str) -> Answer {
        let request = Request::post(path).header("host", "localhost").header("content-type", kind);
        self.send(request.body(Body::from(body.to_owned())).expect("a request")).await
    }

    /// The hash of a kept report.
    async fn hash(&self, outlet: &str) -> String {
        let list = self.get(&format!("/api/v1/documents?outlet={outlet}")).await.json();
        list["items"][0]["hash"].as_str().expect("it is kept").to_owned()
    }

    /// The address of every page that has no form to send.
    async fn pages(&self) -> Vec<String> {
        let mut pages: Vec<String> = [
            "/",
            "/search",
            "/search?q=dam",
            "/statements",
            "/statements?by=minister&about=dam",
            "/speakers",
            "/figures",
            "/figures?happened=displaced",
            "/figures?counted=boats",
            "/read",
            "/api",
            "/sign-in",
            "/speaker?name=Karel+Brandt",
        ]
        .map(str::to_owned)
        .into();
        for outlet in ["Norvale", "Lantern"] {
            pages.push(format!("/documents/{}", self.hash(outlet).await));
        }
        let rows = self.get("/api/v1/statements").await.json();
        for row in rows["items"].as_array().expect("a list") {
            pages.push(format!("/rows/{}", row["id"].as_str().expect("an id")));
        }
        pages
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.folder));
    }
}

#[tokio::test]
async fn every_page_opens_and_no_article_becomes_markup() {
    let desk = Desk::new(None);
    for page in desk.pages().await {
        let answer = desk.get(&page).await;
        assert_eq!(answer.status, StatusCode::OK, "{page}: {}", answer.body);
        assert!(answer.header("content-type").starts_with("text/html"), "{page}");
        let policy = answer.header("content-security-policy");
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{page}: {policy}");
        // One script, a file of ours; no style, no handler, nothing from elsewhere.
        assert_eq!(answer.body.matches("<script").count(), 1, "{page}: {}", answer.body);
        assert!(answer.body.contains("<script src=\"/assets/htmx-4.0.1.js\" defer></script>"), "{page}");
        for markup in ["<img", "<i>", "<b>dam", " style=", " onerror=\"", "<style"] {
            assert!(!answer.body.contains(markup), "{page} has {markup}: {}", answer.body);
        }
        assert!(!answer.body.contains("src=\"http") && !answer.body.contains("href=\"http"), "{page}");
    }
}

#[tokio::test]
async fn an_article_is_marked_with_a_way_to_each_row_and_back() {
    let desk = Desk::new(None);
    let hash = desk.hash("Norvale").await;
    let page = desk.get(&format!("/documents/{}", &hash[..12])).await.body;
    assert!(page.contains("<mark class=\"statement\">"), "{page}");
    assert!(page.contains("<mark class=\"figure\">Nearly 300</mark>"), "{page}");
    let row = &desk.get("/api/v1/statements?by=Brandt&kind=direct").await.json()["items"][0];
    let id = row["id"].as_str().expect("an id");
    assert!(page.contains(&format!("href=\"/rows/{id}\"")), "{page}");
    let why = desk.get(&format!("/rows/{id}")).await.body;
    assert!(why.contains(&format!("href=\"/documents/{hash}#r-{}\"", &id[..16])), "{why}");
    assert!(page.contains(&format!("id=\"r-{}\"", &id[..16])), "{page}");
}

#[tokio::test]
async fn only_people_in_a_public_role_and_organisations_have_a_page() {
    let desk = Desk::new(None);
    let brandt = desk.get("/speaker?name=Karel+Brandt").await;
    assert_eq!(brandt.status, StatusCode::OK);
    assert!(brandt.body.contains("<svg") && brandt.body.contains("2026-03-03: "), "{}", brandt.body);
    let statements = desk.get("/statements").await.body;
    assert!(statements.contains("Olin Madsen") && !statements.contains("name=Olin"), "{statements}");
    for path in ["/speaker?name=Olin+Madsen", "/api/v1/speaker?name=Olin+Madsen", "/speaker?name=Nobody"] {
        assert_eq!(desk.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let speakers = desk.get("/api/v1/speakers?by=brandt").await.json();
    assert_eq!(speakers["items"][0]["name"], "Karel Brandt", "{speakers:#}");
    assert!(!desk.get("/api/v1/speakers").await.body.contains("Madsen"));
}

#[tokio::test]
async fn lists_are_paged_to_their_end_in_both_orders() {
    let desk = Desk::new(None);
    for layer in ["statements", "times", "figures", "sections", "documents"] {
        for order in ["newest", "oldest"] {
            let path = format!("/api/v1/{layer}?order={order}");
            let all = desk.get(&format!("{path}&limit=500")).await.json();
            let (mut paged, mut next) = (Vec::new(), Some(String::new()));
            while let Some(after) = next {
                let page = desk.get(&format!("{path}&limit=1&after={after}")).await.json();
                paged.extend(page["items"].as_array().expect("a list").clone());
                next = page["next"].as_str().map(str::to_owned);
            }
            assert!(!paged.is_empty(), "{path}");
            assert_eq!(Json::Array(paged), all["items"], "{path}");
        }
    }
    let newest = desk.get("/api/v1/statements?limit=1").await.json();
    assert_eq!(newest["items"][0]["report"]["published"], "2026-03-05");
}

#[tokio::test]
async fn a_list_comes_in_the_shape_that_is_asked_for() {
    let desk = Desk::new(None);
    let accept = |kind: &'static str| [("accept", kind)];
    let list = "/api/v1/statements?by=Brandt";
    let csv = desk.get_with(list, &accept("text/csv")).await;
    assert!(csv.header("content-type").starts_with("text/csv") && csv.body.starts_with("id,document,words,"));
    assert_eq!(csv.body, desk.get(&format!("{list}&format=csv")).await.body);
    let lines = desk.get_with(list, &accept("application/x-ndjson")).await;
    // What the headline says is a place of the first.
    assert_eq!(lines.body.lines().count(), 2, "{}", lines.body);
    assert!(lines.body.lines().all(|line| serde_json::from_str::<Json>(line).is_ok()));
    let feed = desk.get_with("/api/v1/statements", &accept("application/atom+xml")).await;
    assert!(feed.body.contains("<entry>") && !feed.body.contains("<script"), "{}", feed.body);
    let refused = desk.get_with(list, &accept("image/png")).await;
    assert_eq!(refused.status, StatusCode::NOT_ACCEPTABLE);
    assert!(refused.json()["detail"].as_str().is_some_and(|detail| detail.contains("text/csv")));
    let first = desk.get("/api/v1/statements?limit=1&format=csv").await;
    assert!(first.header("link").ends_with("; rel=\"next\""), "{}", first.header("link"));
}

#[tokio::test]
async fn an_article_comes_as_web_annotations_with_both_selectors() {
    let desk = Desk::new(None);
    let hash = desk.hash("Norvale").await;
    let page = desk.get(&format!("/api/v1/documents/{hash}/annotations")).await;
    assert!(page.header("content-type").starts_with("application/ld+json"));
    let text: Vec<char> = DAM.chars().collect();
    let items = page.json()["items"].as_array().expect("a list").clone();
    assert!(items.len() >= 4);
    for target in items.iter().flat_map(|item| item["target"].as_array().expect("targets").clone()) {
        let selectors = target["selector"].as_array().expect("selectors").clone();
        let at = |key: &str| {
            selectors[0][key].as_u64().and_then(|at| usize::try_from(at).ok()).expect("an offset")
        };
        let words: String = text[at("start")..at("end")].iter().collect();
        assert_eq!(selectors[1]["exact"], words.as_str());
    }
}

#[tokio::test]
async fn a_text_is_read_and_not_kept() {
    let desk = Desk::new(None);
    let body = serde_json::json!({ "text": "The ferry is late, Mayor Per Lund said on Monday.", "published": "2026-03-04" });
    let read = desk.post("/api/v1/read", "application/json", &body.to_string()).await;
    assert_eq!(read.status, StatusCode::OK, "{}", read.body);
    let record = read.json();
    assert_eq!(record["statements"][0]["name"], "Per Lund", "{record:#}");
    assert_eq!(record["times"][0]["value"], "2026-03-02");
    let plain = desk.post("/api/v1/read", "text/plain", "The ferry is late, Mayor Per Lund said.").await;
    assert_eq!(plain.json()["statements"].as_array().map(Vec::len), Some(1));
    let page = desk
        .post("/read", "application/x-www-form-urlencoded", "text=The+ferry+is+late%2C+Per+Lund+said.")
        .await;
    assert!(page.body.contains("<mark class=\"statement\">The ferry is late"), "{}", page.body);
    assert_eq!(desk.get("/api/v1/documents").await.json()["items"].as_array().map(Vec::len), Some(2));
    for (kind, body, status) in [
        ("application/json", "{\"text\":", StatusCode::BAD_REQUEST),
        ("application/json", "{\"words\":\"a\"}", StatusCode::BAD_REQUEST),
        ("text/plain", "", StatusCode::BAD_REQUEST),
        ("image/png", "PNG", StatusCode::UNSUPPORTED_MEDIA_TYPE),
        ("text/plain", &"long ".repeat(250_000), StatusCode::PAYLOAD_TOO_LARGE),
        ("text/plain", &"long ".repeat(900_000), StatusCode::PAYLOAD_TOO_LARGE),
    ] {
        let refused = desk.post("/api/v1/read", kind, body).await;
        assert_eq!(refused.status, status, "{kind}: {}", refused.body);
        assert_eq!(refused.header("content-type"), "application/problem+json");
    }
}

#[tokio::test]
async fn what_cannot_be_answered_says_what_to_do() {
    let desk = Desk::new(None);
    for (path, status, says) in [
        ("/api/v1/statements?who=x", 400, "there is no parameter `who` here: by, to"),
        ("/api/v1/statements?by=a&by=b", 400, "`by` is there twice"),
        ("/api/v1/statements?since=yesterday", 400, "`yesterday` is no date: give it as"),
        ("/api/v1/statements?limit=0", 400, "`limit` is a whole number from 1 to 500"),
        ("/api/v1/statements?limit=99999999999999", 400, "`limit` is a whole number"),
        ("/api/v1/statements?after=x", 400, "`x` is no place in a list: take `next`"),
        ("/api/v1/statements?kind=loud", 400, "`kind` is one of direct, mixed, indirect"),
        ("/api/v1/search", 400, "give words to find"),
        ("/api/v1/documents/00000000", 404, "/api/v1/documents lists"),
        ("/api/v1/documents/%00%ff", 400, ""),
        ("/api/v1/rows/zzz", 404, "no row starts with `zzz`"),
        ("/api/v1/nothing", 404, "the API is described at /api"),
        ("/api/v1/read", 405, "does not take this method"),
    ] {
        let answer = desk.get(path).await;
        assert_eq!(answer.status.as_u16(), status, "{path}: {}", answer.body);
        assert_eq!(answer.header("content-type"), "application/problem+json", "{path}");
        let problem = answer.json();
        assert_eq!(problem["status"], status, "{path}");
        assert!(problem["detail"].as_str().is_some_and(|detail| detail.contains(says)), "{path}: {problem}");
    }
    for path in ["/nothing", "/rows/%3Cscript%3E", "/statements?since=%3Cscript%3E", "/statements?after=%22"]
    {
        let answer = desk.get(path).await;
        assert!(answer.status.is_client_error(), "{path}");
        assert!(answer.header("content-type").starts_with("text/html"), "{path}");
        assert_eq!(answer.body.matches("<script").count(), 1, "{path}: {}", answer.body);
    }
    for odd in ["%22", "NEAR(", "*", "a%00b", "%F0%9F%99%82", "'", "col:x", "-"] {
        for path in
            ["/search?q=", "/statements?about=", "/statements?by=", "/figures?counted=", "/speakers?by="]
        {
            let answer = desk.get(&format!("{path}{odd}")).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}{odd}: {}", answer.body);
        }
    }
}

#[tokio::test]
async fn who_has_an_answer_is_not_sent_it_again_until_it_changes() {
    let desk = Desk::new(None);
    let first = desk.get("/api/v1/statements").await;
    let tag = first.header("etag").to_owned();
    assert!(tag.starts_with("W/\""), "{tag}");
    let again = desk.get_with("/api/v1/statements", &[("if-none-match", &tag)]).await;
    assert_eq!(
        (again.status, again.body.as_str(), again.header("etag")),
        (StatusCode::NOT_MODIFIED, "", tag.as_str())
    );
    let mut store = Store::open(&desk.folder.join("room.db")).expect("it is there");
    let engine = Engine::new().expect("the model is whole");
    let kept = store
        .keep("The ferry is late, Per Lund said.", Meta::default(), |text, meta| engine.read(text, meta));
    kept.expect("it is kept");
    // What the watcher does when it sees that somebody wrote.
    desk.room.count(&store).expect("it can be counted");
    let changed = desk.get_with("/api/v1/statements", &[("if-none-match", &tag)]).await;
    assert_eq!(changed.status, StatusCode::OK);
    assert!(changed.body.contains("The ferry is late"));
}

#[tokio::test]
async fn a_room_with_a_token_opens_to_those_who_have_it() {
    const TOKEN: &str = "a token that is long enough";
    let desk = Desk::new(Some(TOKEN));
    let refused = desk.get("/api/v1/statements").await;
    assert_eq!((refused.status, refused.header("www-authenticate")), (StatusCode::UNAUTHORIZED, "Bearer"));
    for path in ["/metrics", "/api/v1/openapi.json"] {
        assert_eq!(desk.get(path).await.status, StatusCode::UNAUTHORIZED, "{path}");
    }
    let wrong = desk.get_with("/api/v1/statements", &[("authorization", "Bearer a token")]).await;
    assert_eq!(wrong.status, StatusCode::UNAUTHORIZED);
    let bearer = format!("Bearer {TOKEN}");
    assert_eq!(
        desk.get_with("/api/v1/statements", &[("authorization", &bearer)]).await.status,
        StatusCode::OK
    );
    assert_eq!(desk.get("/statements").await.header("location"), "/sign-in");
    assert_eq!(desk.get("/sign-in").await.status, StatusCode::OK);
    let form = "application/x-www-form-urlencoded";
    assert_eq!(desk.post("/sign-in", form, "token=wrong").await.header("location"), "/sign-in?wrong=1");
    let signed_in = desk.post("/sign-in", form, &format!("token={}", TOKEN.replace(' ', "+"))).await;
    let cookie = signed_in.header("set-cookie");
    assert!(cookie.contains("HttpOnly; SameSite=Strict") && !cookie.contains("long enough"), "{cookie}");
    let cookie = cookie.split(';').next().expect("a cookie");
    assert_eq!(desk.get_with("/statements", &[("cookie", cookie)]).await.status, StatusCode::OK);
    assert_eq!(desk.get("/healthz").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_room_without_a_token_answers_to_this_machine_alone() {
    let desk = Desk::new(None);
    for (host, status) in [
        ("localhost:8080", StatusCode::OK),
        ("127.0.0.1", StatusCode::OK),
        ("[::1]:8080", StatusCode::OK),
        ("rebound.example", StatusCode::FORBIDDEN),
        ("localhost.rebound.example:8080", StatusCode::FORBIDDEN),
    ] {
        let request = Request::get("/api/v1/statements").header("host", host);
        let answer = desk.send(request.body(Body::empty()).expect("a request")).await;
        assert_eq!(answer.status, status, "{host}");
    }
    let request =
        Request::post("/api/v1/read").header("host", "localhost").header("sec-fetch-site", "cross-site");
    let answer = desk.send(request.body(Body::from("text")).expect("a request")).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn the_room_tells_how_it_is() {
    let desk = Desk::new(None);
    assert_eq!(desk.get("/healthz").await.json()["status"], "ok");
    desk.get("/nothing").await;
    let metrics = desk.get("/metrics").await.body;
    assert!(metrics.contains("onrecord_requests_total{status=\"4xx\"} 1\n"), "{metrics}");
    assert!(metrics.contains("onrecord_reports 2\n"), "{metrics}");
}

#[tokio::test]
async fn the_description_and_the_guide_have_every_route() {
    let desk = Desk::new(None);
    let api = desk.get("/api/v1/openapi.json").await.json();
    assert!(api["openapi"].as_str().is_some_and(|version| version.starts_with("3.1")), "{}", api["openapi"]);
    assert_eq!(api["info"]["title"], "Onrecord");
    let schema = &api["components"]["schemas"]["statements"]["properties"];
    assert_eq!(schema["cue_lemma"]["description"], "Lemma of the cue.", "{schema:#}");
    let by = &api["paths"]["/api/v1/statements"]["get"]["parameters"][0];
    assert_eq!((by["name"].as_str(), by["in"].as_str()), (Some("by"), Some("query")));
    let guide = include_str!("../../../../docs/serve.md");
    let sources = [include_str!("pages/mod.rs"), include_str!("mod.rs"), include_str!("api/mod.rs")].concat();
    let routes = sources.split(".route(\"").skip(1).filter_map(|rest| rest.split('"').next());
    let described = api["paths"].as_object().expect("paths").keys().map(String::as_str);
    for route in routes.chain(described) {
        assert!(guide.contains(&format!("`{route}`")), "docs/serve.md does not list `{route}`");
    }
}
