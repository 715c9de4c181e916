//! The API, described for people: made from the same description that machines get.

use askama::Template;
use axum::response::IntoResponse;
use serde_json::Value as Json;

use crate::serve::api;
use crate::serve::asked::{Asked, Nothing};
use crate::serve::pages::Page;
use crate::serve::problem::Problem;

#[derive(Template)]
#[template(path = "api.html")]
struct ApiPage {
    routes: Vec<Route>,
}

/// One operation.
struct Route {
    method: String,
    path: String,
    summary: String,
    parameters: Vec<(String, String)>,
}

pub(crate) async fn page(_: Asked<Nothing>) -> Result<impl IntoResponse, Problem> {
    let description = serde_json::to_value(api::description()).map_err(|_| Problem::bug())?;
    let paths = description["paths"].as_object().into_iter().flatten();
    let routes = paths.flat_map(|(path, item)| {
        let methods = item.as_object().into_iter().flatten();
        methods.map(move |(method, operation)| route(path, method, operation))
    });
    Ok(Page(ApiPage { routes: routes.collect() }))
}

fn route(path: &str, method: &str, operation: &Json) -> Route {
    let text = |json: &Json, key: &str| json[key].as_str().unwrap_or_default().to_owned();
    let parameters = operation["parameters"].as_array().into_iter().flatten();
    Route {
        method: method.to_uppercase(),
        path: path.to_owned(),
        summary: text(operation, "summary"),
        parameters: parameters
            .map(|parameter| (text(parameter, "name"), text(parameter, "description")))
            .collect(),
    }
}
