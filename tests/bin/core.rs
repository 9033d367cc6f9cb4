//! The app without its window: everything that runs by itself, as a process that can be killed.
//!
//! Opens the store in a directory, fetches from a relay, sends to a platform, and takes one order a line on
//! stdin: `send THREAD_ID TEXT`, `picture THREAD_ID TEMPLATE` (a template that has a picture on top and no other slot,
//! with a large one), `sync` (the list of templates) or `quit`. Prints one JSON line for whatever happens: `ready`,
//! `change`, `sent` (the message is in the outbox, on disk), `synced`, `error`.

use std::{
    io::{BufRead, Write},
    path::PathBuf,
    process::ExitCode,
    sync::Arc,
    time::Duration,
};

use clap::Parser;
use cloud_api::{
    client::{self, Client, FeedClient},
    clock::Clock,
};
use inbox::{
    EventSink,
    desk::{Account, Desk},
    platform_clock::PlatformClock,
    run,
    view::{Change, SlotValue, TemplateChoice},
};
use serde_json::{Value, json};
use store::{Store, StoreKey};
use tokio::runtime::Handle;

#[derive(Parser)]
struct Flags {
    /// Directory of the store; made if it is not there
    #[arg(long)]
    store: PathBuf,
    /// 64 hex digits
    #[arg(long, env = "GUICHET_CORE_KEY", hide_env_values = true)]
    key: String,
    /// The relay's base URL
    #[arg(long)]
    relay: String,
    #[arg(long, env = "GUICHET_CORE_BEARER", hide_env_values = true)]
    bearer: String,
    /// The platform's base URL
    #[arg(long)]
    platform: String,
    #[arg(long, env = "GUICHET_CORE_TOKEN", hide_env_values = true)]
    token: String,
    #[arg(long, default_value = "318000000000101")]
    phone_number_id: String,
    #[arg(long, default_value = "318000000000202")]
    waba_id: String,
    #[arg(long, default_value = "+1 555 010 0100")]
    display: String,
    /// How long a message can be taken back
    #[arg(long, default_value_t = 0)]
    undo_ms: i64,
    /// How long an answer of the platform is waited for
    #[arg(long, default_value_t = 30_000)]
    answer_ms: u64,
    /// File with the clock that several processes share
    #[arg(long)]
    clock_file: Option<PathBuf>,
}

struct Lines;

impl EventSink for Lines {
    fn changed(&self, change: Change) {
        say(&json!({ "change": change }));
    }
}

/// One line, out of the process before anything else happens.
fn say(line: &Value) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

type Failure = Box<dyn std::error::Error + Send + Sync>;

#[tokio::main]
async fn main() -> ExitCode {
    let _ = rustls::crypto::ring::default_provider().install_default();
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_env_filter(tracing_subscriber::EnvFilter::from_default_env())
        .init();
    match work(Flags::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say(&json!({ "error": error.to_string() }));
            ExitCode::FAILURE
        }
    }
}

async fn work(flags: Flags) -> Result<(), Failure> {
    let desk = Arc::new(open(&flags)?);
    let mut client = Client::new(client::Config {
        base_url: flags.platform,
        answer_timeout: Duration::from_millis(flags.answer_ms),
        ..client::Config::new(flags.phone_number_id, flags.waba_id, flags.token.into())
    })?;
    run::listen_to_meta(&desk, &mut client);
    let mut feed = FeedClient::new(&flags.relay, flags.bearer.into())?;
    run::listen_to_relay(&desk, &mut feed);

    run::begin(&desk)?;
    run::recover(&desk)?;
    tokio::spawn(run::fetch(desk.clone(), feed, client.clone()));
    tokio::spawn(run::dispatch(desk.clone(), client.clone()));
    tokio::spawn(run::batches(desk.clone()));
    tokio::spawn(run::download_files(desk.clone(), client.clone()));
    say(&json!({ "ready": true }));
    let here = Handle::current();
    tokio::task::spawn_blocking(move || obey(&desk, &client, &here)).await?;
    Ok(())
}

fn open(flags: &Flags) -> Result<Desk, Failure> {
    let clock = match &flags.clock_file {
        Some(file) => PlatformClock::on(Clock::following(file)),
        None => PlatformClock::new(Clock::system(), 0),
    };
    let key = StoreKey::from_hex(&flags.key).ok_or("the key is not 64 hex digits")?;
    let store = Arc::new(Store::open(&flags.store, &key, clock.now())?);
    let account = Account {
        phone_number_id: flags.phone_number_id.clone(),
        display: flags.display.clone(),
        waba_id: flags.waba_id.clone(),
        ..Account::default()
    };
    let desk = Desk::new(store, Arc::new(clock), account, Arc::new(Lines))?;
    let mut settings = desk.settings()?;
    if settings.undo_ms != flags.undo_ms {
        settings.undo_ms = flags.undo_ms;
        desk.save_settings(&settings)?;
    }
    Ok(desk)
}

/// Until `quit` or the end of the input.
fn obey(desk: &Arc<Desk>, client: &Client, here: &Handle) {
    for line in std::io::stdin().lock().lines() {
        let Ok(line) = line else { return };
        let mut words = line.splitn(3, ' ');
        match (words.next(), words.next(), words.next()) {
            (Some("quit"), ..) => return,
            (Some("send"), Some(thread), Some(text)) => match send(desk, thread, text) {
                Ok(sent) => say(&json!({ "sent": sent, "text": text })),
                Err(error) => say(&json!({ "error": error.to_string() })),
            },
            (Some("picture"), Some(thread), Some(name)) => match picture(desk, thread, name) {
                Ok(sent) => say(&json!({ "sent": sent, "template": name })),
                Err(error) => say(&json!({ "error": error.to_string() })),
            },
            (Some("sync"), ..) => match here.block_on(run::sync_templates(desk, client)) {
                Ok(()) => say(&json!({ "synced": true })),
                Err(error) => say(&json!({ "error": error.to_string() })),
            },
            _ => say(&json!({ "error": "orders are: send, picture, sync, quit" })),
        }
    }
}

fn send(desk: &Desk, thread: &str, text: &str) -> Result<Value, Failure> {
    let sent = desk.send_text(thread.parse()?, text, None, "Ada")?;
    Ok(serde_json::to_value(sent)?)
}

/// Large enough that its way up takes a while.
const PICTURE: usize = 1 << 20;

fn picture(desk: &Desk, thread: &str, name: &str) -> Result<Value, Failure> {
    let thread = thread.parse()?;
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0".to_vec();
    bytes.resize(PICTURE, 7);
    let file = desk.attach_for_template(thread, "image", "torte.png", "image/png", bytes)?;
    let choice = TemplateChoice {
        name: name.to_owned(),
        language: "de".to_owned(),
        values: vec![SlotValue {
            key: "header:media".to_owned(),
            text: file.id,
        }],
    };
    let sent = desk.send_template(thread, &choice, "Ada")?;
    Ok(serde_json::to_value(sent)?)
}
