//! P14: from the press of the key to the request on the wire, the message being on disk before, against one
//! sync of the same disk and one round trip over a connection kept open.

use std::{
    cell::RefCell,
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    path::Path,
    sync::mpsc::{Receiver, Sender, channel},
    time::{Duration, Instant},
};

use cloud_api::client::{self, Client};
use inbox::{
    run,
    view::{SendResult, ThreadQuery},
};
use serde_json::json;
use std::sync::Arc;
use support::{generate::next_in, generate::peer};

use crate::measure::{Better, median, ms, sync_times, take_turns};

const PER_ROUND: usize = 25;

pub fn run(dir: &Path, rounds: usize) {
    let (arrived, arrivals) = channel();
    let base_url = listen(arrived);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime");
    let desk = Arc::new(crate::apply::desk(dir));
    let mut settings = desk.settings().expect("settings");
    settings.undo_ms = 0;
    desk.save_settings(&settings).expect("settings that land");
    inbox::apply(&desk.store, &support::generate::facts(&next_in(4, 1)))
        .expect("a customer who wrote");
    let mut client = Client::new(client::Config {
        base_url: base_url.clone(),
        ..client::Config::new(
            "318000000000101".into(),
            "318000000000202".into(),
            "token".to_owned().into(),
        )
    })
    .expect("a client");
    run::listen_to_meta(&desk, &mut client);
    let sending = runtime.spawn(run::dispatch(desk.clone(), client));
    let thread = desk
        .threads(&ThreadQuery::default(), None, 1)
        .expect("a page")
        .rows[0]
        .thread_id;
    assert!(peer(4).wa_id.is_some());

    let arrivals = RefCell::new(arrivals);
    let durable = RefCell::new(Vec::new());
    let one = || {
        let begun = Instant::now();
        let sent = desk
            .send_text(thread, "Ja, ab zehn Uhr.", None, "Ada")
            .expect("an outbox");
        assert!(matches!(sent, SendResult::Queued { .. }), "{sent:?}");
        durable.borrow_mut().push(ms(begun.elapsed()));
        let at = next_post(&arrivals.borrow());
        ms(at.saturating_duration_since(begun))
    };
    one();
    let mut wire =
        TcpStream::connect(base_url.trim_start_matches("http://")).expect("a connection");
    wire.set_nodelay(true).expect("no delay");
    take_turns(
        rounds,
        Some(dir),
        Box::new(|| {
            median(
                &(0..PER_ROUND)
                    .map(|_| settled(&desk, one()))
                    .collect::<Vec<_>>(),
            )
        }),
        vec![
            ("one sync", Box::new(|| median(&sync_times(dir, PER_ROUND)))),
            (
                "round trip",
                Box::new(|| {
                    median(
                        &(0..PER_ROUND)
                            .map(|_| round_trip(&mut wire))
                            .collect::<Vec<_>>(),
                    )
                }),
            ),
        ],
    )
    .print(
        "P14 key to request on the wire",
        "ms",
        Better::Less,
        Some(1.3),
    );
    println!(
        "    of which {:.3} ms until the outbox has it",
        median(&durable.borrow())
    );
    sending.abort();
    runtime.shutdown_background();
}

/// Waits until the answer is stored, so that the next message finds the customer free.
fn settled(desk: &inbox::desk::Desk, took: f64) -> f64 {
    let waiting = || {
        desk.store
            .read(|db| {
                Ok(store::outbox::count(db, "sending")? + store::outbox::count(db, "queued")?)
            })
            .expect("an outbox")
    };
    while waiting() > 0 {
        std::thread::sleep(Duration::from_micros(100));
    }
    took
}

fn next_post(arrivals: &Receiver<Instant>) -> Instant {
    arrivals
        .recv_timeout(Duration::from_secs(10))
        .expect("a request on the wire")
}

fn round_trip(wire: &mut TcpStream) -> f64 {
    let begun = Instant::now();
    wire.write_all(b"GET /ping HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n")
        .expect("a request");
    let mut answer = [0; 1024];
    let n = wire.read(&mut answer).expect("an answer");
    assert!(n > 0);
    ms(begun.elapsed())
}

/// Answers everything at once, and says when a message came in. A thread for each connection.
fn listen(arrived: Sender<Instant>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let arrived = arrived.clone();
            std::thread::spawn(move || serve(stream, &arrived));
        }
    });
    format!("http://{address}")
}

fn serve(mut stream: TcpStream, arrived: &Sender<Instant>) {
    let _ = stream.set_nodelay(true);
    let (mut buffer, mut held) = (vec![0; 65_536], Vec::new());
    let mut n = 0;
    loop {
        let Ok(got) = stream.read(&mut buffer) else {
            return;
        };
        if got == 0 {
            return;
        }
        held.extend_from_slice(&buffer[..got]);
        let at = Instant::now();
        let Some(end) = held.windows(4).position(|w| w == b"\r\n\r\n") else {
            continue;
        };
        let head = String::from_utf8_lossy(&held[..end]).to_lowercase();
        let length: usize = head
            .lines()
            .find_map(|line| line.strip_prefix("content-length: "))
            .and_then(|n| n.trim().parse().ok())
            .unwrap_or(0);
        if held.len() < end + 4 + length {
            continue;
        }
        let is_send = head.starts_with("post");
        held.clear();
        n += 1;
        let body =
            json!({ "messaging_product": "whatsapp", "contacts": [{ "input": "1", "wa_id": "1" }],
            "messages": [{ "id": format!("wamid.BENCH{:?}{n}", std::thread::current().id()) }] })
            .to_string();
        let answer = format!(
            "HTTP/1.1 200 OK\r\ndate: Mon, 26 Oct 2026 08:33:20 GMT\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        if is_send && arrived.send(at).is_err() {
            return;
        }
        if stream.write_all(answer.as_bytes()).is_err() {
            return;
        }
    }
}
