//! Meta's OpenAPI file: which operation a request belongs to, and what its schemas say to a request or an answer.
//!
//! One contradiction of the file has to be lifted before anything can be checked: the message kinds are
//! `allOf` of the common keys and of their own key, and the second half forbids additional properties. So
//! each half forbids what the other requires, and no message validates as the file is written. What is
//! clearly meant is that nothing beyond *both* halves is allowed: `additionalProperties: false` inside the
//! members of an `allOf` therefore becomes `unevaluatedProperties: false` beside that `allOf`.

use jsonschema::error::ValidationErrorKind;
use practice::SeenRequest;
use serde_json::{Map, Value, json};
use std::{collections::HashMap, path::Path};

pub struct ApiFile {
    document: Value,
    /// First path segment after the version, as the file names it.
    nodes: HashMap<String, &'static str>,
}

impl ApiFile {
    /// `None` where the file is not at hand.
    pub fn read(file: &Path, phone_number_id: &str, waba_id: &str) -> Option<Self> {
        let text = std::fs::read_to_string(file).ok()?;
        let mut document: Value = serde_yaml_ng::from_str(&text).expect("the file is YAML");
        let schemas = document["components"]["schemas"].clone();
        lift(&mut document, &schemas);
        let nodes = [
            (phone_number_id.to_owned(), "{Phone-Number-ID}"),
            (waba_id.to_owned(), "{WABA-ID}"),
        ]
        .into();
        Some(Self { document, nodes })
    }

    /// Every way in which a request and its answer depart from the file, each named so that it can be listed.
    pub fn departures(&self, seen: &SeenRequest) -> Vec<String> {
        let path = self.path_of(seen);
        let name = format!("{} {path}", seen.method);
        let operation = &self.document["paths"][&path][seen.method.to_lowercase()];
        if operation.is_null() {
            return vec![format!("{name}: not in the file")];
        }
        let mut found = Vec::new();
        self.query(operation, seen, &mut found);
        self.request(operation, seen, &mut found);
        self.answer(operation, seen, &mut found);
        found
            .into_iter()
            .map(|what| format!("{name} {what}"))
            .collect()
    }

    fn path_of(&self, seen: &SeenRequest) -> String {
        let mut segments = seen.path.split('/').filter(|s| !s.is_empty()).peekable();
        if segments.peek() == Some(&"lookaside") {
            return "/{Version}/{Media-URL}".into();
        }
        let node = segments.nth(1).unwrap_or_default();
        let edge = segments
            .next()
            .map(|edge| format!("/{edge}"))
            .unwrap_or_default();
        match self.nodes.get(node) {
            Some(known) => format!("/{{Version}}/{known}{edge}"),
            None if node.starts_with("upload:") => "/{Version}/{Upload-ID}".into(),
            // The practice platform's built-in templates and its app have ids of their own.
            None if node.starts_with("71000000") => format!("/{{Version}}/{{TEMPLATE_ID}}{edge}"),
            None if edge == "/uploads" => "/{Version}/{App-ID}/uploads".into(),
            // Everything else the client asks for by a bare number is a file.
            None if node.bytes().all(|b| b.is_ascii_digit()) => {
                format!("/{{Version}}/{{Media-ID}}{edge}")
            }
            None => format!("/{{Version}}/{node}{edge}"),
        }
    }

    fn query(&self, operation: &Value, seen: &SeenRequest, found: &mut Vec<String>) {
        let known: Vec<&Value> = list(&operation["parameters"])
            .iter()
            .map(|p| self.resolved(p))
            .collect();
        let sent: Vec<&str> = seen
            .query
            .split('&')
            .filter_map(|pair| pair.split('=').next())
            .filter(|k| !k.is_empty())
            .collect();
        for key in &sent {
            if !known
                .iter()
                .any(|p| p["in"] == "query" && p["name"] == *key)
            {
                found.push(format!("query: {key}"));
            }
        }
        for needed in known
            .iter()
            .filter(|p| p["in"] == "query" && p["required"] == true)
        {
            if !sent.iter().any(|key| needed["name"] == *key) {
                found.push(format!("query: {} is missing", needed["name"]));
            }
        }
    }

    fn request(&self, operation: &Value, seen: &SeenRequest, found: &mut Vec<String>) {
        let contents = &operation["requestBody"]["content"];
        let kind = seen
            .content_type
            .as_deref()
            .unwrap_or_default()
            .split(';')
            .next()
            .unwrap_or_default();
        match &seen.body {
            Some(body) => {
                let mut body = body.clone();
                // Said once, and then taken for `to`, or everything else about the message goes unchecked.
                if let Some(recipient) = body
                    .as_object_mut()
                    .and_then(|fields| fields.remove("recipient"))
                {
                    found.push("request: /recipient in place of /to".into());
                    body["to"] = recipient;
                }
                self.check(
                    "request",
                    &contents["application/json"]["schema"],
                    &body,
                    found,
                );
            }
            None if kind.is_empty() || contents.get(kind).is_some() => {}
            None => found.push(format!("request: content type {kind}")),
        }
    }

    fn answer(&self, operation: &Value, seen: &SeenRequest, found: &mut Vec<String>) {
        let (Some(status), Some(answer)) = (seen.status, &seen.response) else {
            return;
        };
        let told = self.resolved(&operation["responses"][status.to_string()]);
        let schema = &told["content"]["application/json"]["schema"];
        if !schema.is_null() {
            self.check("answer", schema, answer, found);
        } else if status >= 400 {
            // Some operations list no errors; all of them answer with the one that the others list.
            self.check(
                "answer",
                &json!({ "$ref": "#/components/schemas/GraphAPIError" }),
                answer,
                found,
            );
        } else {
            found.push(format!("answer: {status}"));
        }
    }

    fn check(&self, side: &str, schema: &Value, instance: &Value, found: &mut Vec<String>) {
        let schema = self.chosen(schema, instance);
        if schema.is_null() {
            found.push(format!("{side}: has no schema"));
            return;
        }
        let whole = json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "components": self.document["components"],
            "allOf": [schema],
        });
        let validator = jsonschema::validator_for(&whole).expect("a schema that can be used");
        for error in validator.iter_errors(instance) {
            let place: String = error
                .instance_path()
                .to_string()
                .split('/')
                .map(|part| {
                    if part.bytes().all(|b| b.is_ascii_digit()) && !part.is_empty() {
                        "*"
                    } else {
                        part
                    }
                })
                .collect::<Vec<_>>()
                .join("/");
            let what = match error.kind() {
                ValidationErrorKind::UnevaluatedProperties { unexpected }
                | ValidationErrorKind::AdditionalProperties { unexpected } => {
                    found.extend(
                        unexpected
                            .iter()
                            .map(|key| format!("{side}: {place}/{key} is not in the file")),
                    );
                    continue;
                }
                ValidationErrorKind::Required { property } => format!("lacks {property}"),
                ValidationErrorKind::Enum { .. } => {
                    format!("{} is not among the values", error.instance())
                }
                kind => kind.keyword().to_owned(),
            };
            found.push(format!("{side}: {place} {what}"));
        }
    }

    /// Where the file says by which key to choose, the chosen one: its errors say more than "none of these".
    fn chosen(&self, schema: &Value, instance: &Value) -> Value {
        let whole = self.resolved(schema);
        let key = whole["discriminator"]["propertyName"]
            .as_str()
            .unwrap_or_default();
        let kind = instance[key].as_str().unwrap_or_default();
        match whole["discriminator"]["mapping"][kind].as_str() {
            Some(target) => json!({ "$ref": target }),
            None if key.is_empty() => schema.clone(),
            // Read receipts share the path; the file has their schema, but names it nowhere.
            None if instance["status"] == "read" => {
                json!({ "$ref": "#/components/schemas/MarkMessageRequestPayload" })
            }
            None => schema.clone(),
        }
    }

    fn resolved<'a>(&'a self, node: &'a Value) -> &'a Value {
        match node["$ref"].as_str().and_then(|r| r.strip_prefix('#')) {
            Some(pointer) => self.document.pointer(pointer).unwrap_or(&Value::Null),
            None => node,
        }
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

/// Lifts the contradiction, everywhere.
fn lift(node: &mut Value, schemas: &Value) {
    match node {
        Value::Object(fields) => {
            lift_here(fields, schemas);
            fields.values_mut().for_each(|value| lift(value, schemas));
        }
        Value::Array(items) => items.iter_mut().for_each(|value| lift(value, schemas)),
        _ => {}
    }
}

fn lift_here(fields: &mut Map<String, Value>, schemas: &Value) {
    let Some(Value::Array(members)) = fields.get_mut("allOf") else {
        return;
    };
    let mut closed = false;
    for member in members {
        if let Some(target) = member["$ref"]
            .as_str()
            .and_then(|r| r.strip_prefix("#/components/schemas/"))
        {
            assert!(
                schemas[target]["additionalProperties"] != false,
                "{target} is closed and shared"
            );
        }
        if let Some(member) = member.as_object_mut()
            && member.get("additionalProperties") == Some(&Value::Bool(false))
        {
            member.remove("additionalProperties");
            closed = true;
        }
    }
    if closed {
        fields.insert("unevaluatedProperties".into(), false.into());
    }
}
