//! The practice platform as a process of its own.

use std::{net::SocketAddr, path::PathBuf, process::ExitCode};

use clap::Parser;
use cloud_api::clock::Clock;
use practice::{Config, Language, Platform};

/// Stands in for Meta's WhatsApp Cloud API on this machine: sends, statuses, signed webhooks, media,
/// templates, and every mistake that can be ordered under /_practice.
#[derive(Parser)]
#[command(version)]
struct Flags {
    /// Address to listen on; loopback only, port 0 takes a free one
    #[arg(long, default_value = "127.0.0.1:0")]
    listen: SocketAddr,
    /// Where webhooks go; can be given later at /_practice/webhook/target
    #[arg(long, default_value = "")]
    webhook_url: String,
    /// Secret the webhooks are signed with
    #[arg(long, env = "GUICHET_PRACTICE_APP_SECRET", hide_env_values = true)]
    app_secret: Option<String>,
    /// Token for the handshake with the webhook target
    #[arg(long, env = "GUICHET_PRACTICE_VERIFY_TOKEN", hide_env_values = true)]
    verify_token: Option<String>,
    /// Access token clients must show
    #[arg(long, env = "GUICHET_PRACTICE_TOKEN", hide_env_values = true)]
    token: Option<String>,
    #[arg(long)]
    phone_number_id: Option<String>,
    #[arg(long)]
    waba_id: Option<String>,
    #[arg(long)]
    display_phone_number: Option<String>,
    /// A further number of the account, as ID=DISPLAY; may be given several times
    #[arg(long, value_parser = pair)]
    other_number: Vec<(String, String)>,
    /// File with the clock that several processes share: REAL_MS SHOWN_MS SPEED
    #[arg(long)]
    clock_file: Option<PathBuf>,
    /// The same seed gives the same run
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Keeps what was accepted across restarts
    #[arg(long)]
    state: Option<PathBuf>,
    /// Customers answer and quality falls after a blast
    #[arg(long)]
    auto_customers: bool,
    /// Start with so many more templates, to have several pages of them
    #[arg(long, default_value_t = 0)]
    templates: usize,
    /// Let the scripted customers of this language write at once: de, pt-BR, en
    #[arg(long)]
    script: Option<Language>,
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (id, display) = text.split_once('=').ok_or("ID=DISPLAY is wanted")?;
    Ok((id.to_owned(), display.to_owned()))
}

impl Flags {
    fn config(&self) -> Config {
        let clock = match &self.clock_file {
            Some(path) => Clock::following(path),
            None => Clock::adjustable(),
        };
        let mut config = Config {
            listen: self.listen,
            webhook_url: self.webhook_url.clone(),
            seed: self.seed,
            state_file: self.state.clone(),
            auto_customers: self.auto_customers || self.script.is_some(),
            other_numbers: self.other_number.clone(),
            ..Config::local(clock)
        };
        if let Some(secret) = &self.app_secret {
            config.app_secret = secret.clone().into();
        }
        if let Some(token) = &self.token {
            config.token = token.clone().into();
        }
        for (given, field) in [
            (&self.verify_token, &mut config.verify_token),
            (&self.phone_number_id, &mut config.phone_number_id),
            (&self.waba_id, &mut config.waba_id),
            (&self.display_phone_number, &mut config.display_phone_number),
        ] {
            if let Some(given) = given {
                field.clone_from(given);
            }
        }
        config
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    let _ = rustls::crypto::ring::default_provider().install_default();
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_default_env()
                .unwrap_or_else(|_| "practice=info".into()),
        )
        .init();
    let flags = Flags::parse();
    let platform = match Platform::start(flags.config()).await {
        Ok(platform) => platform,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::from(1);
        }
    };
    println!("listening on {}", platform.base_url());
    platform.control().add_templates(flags.templates);
    if let Some(language) = flags.script {
        platform.run_script(language);
    }
    end_of_process().await;
    platform.stop().await;
    ExitCode::SUCCESS
}

/// Ctrl-C, or SIGTERM where there is one.
async fn end_of_process() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _ = interrupt.await;
}
