//! What the description of the API gains from the columns of the layers: the shape of every row and of every answer.

use onrecord::core::{Column, LayerInfo, Type};
use onrecord::record;
use onrecord::store::REPORT_COLUMNS;
use serde_json::{Map, Value as Json, json};
use utoipa::openapi::OpenApi;

use crate::serve::api::answer::SHAPES;

/// The answers whose shape is given here, by what their description says.
const OTHER: [&str; 7] = ["documents", "document", "hits", "speakers", "speaker", "row", "annotations"];

/// The description with the shapes of all answers.
pub(crate) fn complete(api: OpenApi) -> OpenApi {
    let Ok(mut json) = serde_json::to_value(&api) else { return api };
    let mut schemas = json["components"]["schemas"].as_object().cloned().unwrap_or_default();
    schemas.extend(record::kept().map(|layer| (layer.name.to_owned(), row(layer))));
    schemas.extend(shared());
    json["components"]["schemas"] = Json::Object(schemas);
    if let Some(paths) = json["paths"].as_object_mut() {
        for item in paths.values_mut() {
            for operation in item.as_object_mut().into_iter().flat_map(Map::values_mut) {
                answers(operation);
            }
        }
    }
    serde_json::from_value(json).unwrap_or(api)
}

/// The shapes that no layer has.
fn shared() -> Map<String, Json> {
    let text = json!({ "type": "string" });
    let problem = json!({
        "type": "object",
        "description": "What went wrong, and what to do (RFC 9457).",
        "required": ["type", "title", "status", "detail"],
        "properties": { "type": text, "title": text, "status": { "type": "integer" }, "detail": text },
    });
    let passage = json!({
        "type": ["object", "null"],
        "description": "Words of the text, with where they stand: bytes, and code points.",
        "properties": {
            "words": text, "start": { "type": "integer" }, "end": { "type": "integer" },
            "points": { "type": "array", "items": { "type": "integer" } },
        },
    });
    let report: Map<String, Json> =
        REPORT_COLUMNS.iter().map(|column| (column.name.to_owned(), nullable(column))).collect();
    let report =
        json!({ "type": "object", "description": "What is kept of a report.", "properties": report });
    [("Problem", problem), ("Passage", passage), ("Report", report)]
        .into_iter()
        .map(|(name, schema)| (name.to_owned(), schema))
        .collect()
}

fn nullable(column: &Column) -> Json {
    let kind = match column.kind {
        Type::Integer => "integer",
        Type::Real => "number",
        Type::Boolean => "boolean",
        Type::Text | Type::Reference(_) => "string",
        Type::Span => return json!({ "$ref": "#/components/schemas/Passage", "description": column.doc }),
        Type::Spans => {
            let items = json!({ "$ref": "#/components/schemas/Passage" });
            return json!({ "type": ["array", "null"], "items": items, "description": column.doc });
        }
    };
    json!({ "type": [kind, "null"], "description": column.doc })
}

fn row(layer: &'static LayerInfo) -> Json {
    let mut properties = Map::new();
    for name in ["layer", "id", "document", "words", "rule"] {
        properties.insert(name.into(), json!({ "type": "string" }));
    }
    for name in ["start", "end", "version"] {
        properties.insert(name.into(), json!({ "type": "integer" }));
    }
    properties.extend(record::columns(layer).map(|(_, column)| (column.name.to_owned(), nullable(column))));
    properties.insert("report".into(), json!({ "$ref": "#/components/schemas/Report" }));
    properties.insert("sentence".into(), json!({ "$ref": "#/components/schemas/Passage" }));
    json!({
        "type": "object",
        "description": layer.doc,
        "required": ["layer", "id", "document", "words", "start", "end", "rule", "version"],
        "properties": properties,
    })
}

/// Puts the shapes of the answers in place of their names.
fn answers(operation: &mut Json) {
    let name = operation["responses"]["200"]["description"].as_str().unwrap_or_default().to_owned();
    let listed = |items: Json| {
        json!({
            "type": "object",
            "required": ["items", "next"],
            "properties": {
                "items": { "type": "array", "items": items },
                "next": { "type": ["string", "null"], "description": "Give it as `after` for the next page." },
            },
        })
    };
    let schema = match name.as_str() {
        "documents" => listed(json!({ "$ref": "#/components/schemas/Report" })),
        "hits" | "speakers" => listed(json!({ "type": "object" })),
        other if OTHER.contains(&other) => json!({ "type": "object" }),
        layer => listed(json!({ "$ref": format!("#/components/schemas/{layer}") })),
    };
    let mut content = Map::new();
    let first = if name == "annotations" { "application/ld+json" } else { "application/json" };
    content.insert(first.to_owned(), json!({ "schema": schema }));
    for (_, _, kind) in
        SHAPES.iter().filter(|(_, format, _)| formats(operation).contains(&(*format).to_owned()))
    {
        if *kind != first {
            content.insert((*kind).to_owned(), json!({ "schema": { "type": "string" } }));
        }
    }
    operation["responses"]["200"] = json!({ "description": "The answer.", "content": content });
    let problem =
        json!({ "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } });
    operation["responses"]["default"] =
        json!({ "description": "What went wrong, and what to do.", "content": problem });
}

/// The formats that an operation has.
fn formats(operation: &Json) -> Vec<String> {
    let parameters = operation["parameters"].as_array().into_iter().flatten();
    let format = parameters.filter(|parameter| parameter["name"] == "format");
    let names =
        format.flat_map(|parameter| parameter["schema"]["enum"].as_array().cloned().unwrap_or_default());
    names.filter_map(|name| name.as_str().map(str::to_owned)).collect()
}
