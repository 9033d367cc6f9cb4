//! What every answer carries (the relay's own time) and what is logged about every request.
//!
//! The log line is an allow-list: method, route template, status, duration, sizes. Neither query strings
//! nor headers nor bodies nor addresses, because all of them can name a person or hold a secret.

use axum::body::{Body, HttpBody};
use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderValue, Method, Response, header},
    middleware::Next,
};
use chrono::DateTime;
use cloud_api::clock::{Clock, UnixMs, stopwatch};

pub(crate) async fn observe(
    State(clock): State<Clock>,
    request: Request,
    next: Next,
) -> Response<Body> {
    let started = stopwatch();
    let method = known(request.method());
    let route = request.extensions().get::<MatchedPath>().cloned();
    let bytes_in = request.body().size_hint().exact();

    let mut response = next.run(request).await;
    // hyper adds the machine's time where there is none; a clock that is sped up has to be seen.
    if let Some(date) = http_date(clock.now()) {
        response.headers_mut().insert(header::DATE, date);
    }

    let status = response.status();
    let route = route.as_ref().map_or("-", MatchedPath::as_str);
    let millis = started.elapsed().as_millis() as u64;
    let bytes_out = response.body().size_hint().exact();
    macro_rules! line {
        ($level:ident) => {
            tracing::$level!(
                method,
                route,
                status = status.as_u16(),
                millis,
                bytes_in,
                bytes_out,
                "request"
            )
        };
    }
    if status.is_server_error() {
        line!(warn);
    } else if status.is_client_error() {
        line!(info);
    } else {
        line!(debug);
    }
    response
}

/// A method is free text as well.
fn known(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::POST => "POST",
        Method::HEAD => "HEAD",
        Method::OPTIONS => "OPTIONS",
        Method::PUT => "PUT",
        Method::DELETE => "DELETE",
        _ => "other",
    }
}

/// RFC 9110 §5.6.7, IMF-fixdate.
fn http_date(now: UnixMs) -> Option<HeaderValue> {
    let text = DateTime::from_timestamp_millis(now)?.format("%a, %d %b %Y %H:%M:%S GMT");
    HeaderValue::from_str(&text.to_string()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_date_is_written_as_http_wants_it() {
        for (now, text) in [
            (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
            (784_111_777_999, "Sun, 06 Nov 1994 08:49:37 GMT"),
        ] {
            assert_eq!(http_date(now).unwrap(), text);
        }
    }
}
