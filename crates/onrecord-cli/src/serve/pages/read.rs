//! A text that somebody gives: read, shown with its record, and not kept. And the form to sign in.

use std::collections::BTreeSet;
use std::sync::Arc;

use askama::Template;
use axum::body::Bytes;
use axum::extract::State;
use axum::response::IntoResponse;
use onrecord::core::Meta;
use onrecord::questions::Article;

use crate::serve::api::read::report;
use crate::serve::asked::{Asked, Nothing, SignIn};
use crate::serve::pages::Page;
use crate::serve::pages::article::{ArticlePage, SHOWN};
use crate::serve::problem::Problem;
use crate::serve::room::Room;

#[derive(Template)]
#[template(path = "read.html")]
struct ReadPage;

/// The form.
pub(crate) async fn form(_: Asked<Nothing>) -> impl IntoResponse {
    Page(ReadPage)
}

/// The text of the form, read.
pub(crate) async fn page(State(room): State<Arc<Room>>, body: Bytes) -> Result<impl IntoResponse, Problem> {
    let (mut text, mut meta) = (String::new(), Meta::default());
    for (key, value) in form_urlencoded::parse(&body) {
        let given = Some(value.trim()).filter(|value| !value.is_empty());
        match &*key {
            // A browser sends line ends as a text of Windows has them.
            "text" => text = value.replace("\r\n", "\n"),
            "published" => meta.published = given.map(report::day).transpose()?,
            "outlet" => meta.outlet = given.map(str::to_owned),
            _ => return Err(Problem::wrong(format!("the form has no field `{key}`"))),
        }
    }
    let doc = room.read(report::checked(&text)?, meta).await?;
    Ok(Page(ArticlePage::of(&Article::of(&doc, &SHOWN), &BTreeSet::new(), false)))
}

#[derive(Template)]
#[template(path = "sign-in.html")]
struct SignInPage {
    wrong: bool,
}

/// The form to sign in.
pub(crate) async fn sign_in(asked: Asked<SignIn>) -> impl IntoResponse {
    Page(SignInPage { wrong: asked.get("wrong").is_some() })
}
