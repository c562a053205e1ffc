//! Flags and environment. A value that can't be used is refused at the start,
//! with the name of its variable and what is expected.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use axum::http::Uri;
use clap::{Parser, Subcommand};
use ipnet::IpNet;
use sigill_core::id::Hash;

use sigill_core::confirmation::factor::Countries;

use crate::courier::gateway::Gateway;
use crate::limits::Limits;
use crate::openid::settings::ProvidersSettings;

#[cfg(test)]
mod tests;

/// The account service of Sigill.
///
/// It needs a mail server (SIGILL_SMTP_URL), or `--dev`, which shows mails on
/// an inbox page instead. Without other settings it listens on 127.0.0.1:8787
/// and keeps a SQLite database and its secrets in the folder `sigill-data`.
#[derive(Debug, Clone, Parser)]
#[command(name = "sigill-service", version)]
pub struct Settings {
    /// Where to listen: address and port; port 0 takes a free one.
    #[arg(long, env = "SIGILL_LISTEN", default_value = "127.0.0.1:8787", value_name = "ADDRESS:PORT", value_parser = listen)]
    pub listen: SocketAddr,

    /// Where the service is reached from outside: scheme, host and port. Devices'
    /// proofs name it, and links in mails begin with it. [default: http://ADDRESS:PORT]
    #[arg(long, env = "SIGILL_PUBLIC_URL", value_name = "URL", value_parser = public_url)]
    pub public_url: Option<String>,

    /// The database: sqlite://FILE?mode=rwc or postgres://USER:PASSWORD@HOST/NAME.
    /// [default: sqlite://sigill-data/sigill.db?mode=rwc]
    #[arg(long, env = "SIGILL_DATABASE_URL", value_name = "URL", value_parser = database_url, hide_env_values = true)]
    pub database_url: Option<String>,

    /// The folder of the pepper and the keys, made with mode 0600 at the first
    /// start. Without it no code, token or receipt of before is good any more.
    #[arg(
        long,
        env = "SIGILL_SECRETS_DIR",
        default_value = "sigill-data/secrets",
        value_name = "FOLDER"
    )]
    pub secrets_dir: PathBuf,

    /// The mail server: smtps://USER:PASSWORD@HOST (TLS), or
    /// smtp://USER:PASSWORD@HOST:587?tls=required (STARTTLS), or smtp://127.0.0.1:2525 (neither).
    #[arg(long, env = "SIGILL_SMTP_URL", value_name = "URL", value_parser = smtp_url, hide_env_values = true)]
    pub smtp_url: Option<String>,

    /// Who mails come from: an address, or a name and an address in angle brackets.
    #[arg(long, env = "SIGILL_MAIL_FROM", default_value = "Sigill <sigill@localhost>", value_name = "MAILBOX", value_parser = mail_from)]
    pub mail_from: lettre::message::Mailbox,

    /// Proxies whose X-Forwarded-For is believed: addresses or networks, parted
    /// by commas, such as 127.0.0.1,10.0.0.0/8.
    #[arg(long, env = "SIGILL_TRUSTED_PROXIES", value_delimiter = ',', value_name = "ADDRESSES", value_parser = proxy)]
    pub trusted_proxies: Vec<IpNet>,

    /// OpenID Connect providers that people may sign in at, as JSON:
    /// [{"name": "example", "label": "Example", "issuer": "https://accounts.example.org",
    /// "client_id": "…", "client_secret": "…"}]. Each calls back at PUBLIC_URL/portal/back/NAME.
    #[arg(
        long,
        env = "SIGILL_OIDC_PROVIDERS",
        default_value = "[]",
        value_name = "JSON",
        hide_env_values = true
    )]
    pub oidc_providers: ProvidersSettings,

    /// The gateway for text messages: twilio+https://ACCOUNT:TOKEN@HOST/PATH?from=NUMBER
    /// (a form post as Twilio takes it) or https://USER:PASSWORD@HOST/PATH (JSON with `to` and `text`).
    #[arg(long, env = "SIGILL_SMS_URL", value_name = "URL", value_parser = sms_url, hide_env_values = true)]
    pub sms_url: Option<Gateway>,

    /// Countries that text messages are sent to, by their calling codes.
    #[arg(long, env = "SIGILL_SMS_COUNTRIES", default_value = "46,45,47,358,354,44,49,31,33", value_name = "CODES", value_parser = sms_countries)]
    pub sms_countries: Countries,

    /// Text messages that the service sends in a day at most.
    #[arg(
        long,
        env = "SIGILL_SMS_A_DAY",
        default_value = "500",
        value_name = "COUNT"
    )]
    pub sms_a_day: u32,

    /// Mebibytes that the files of an account's vault may take.
    #[arg(
        long,
        env = "SIGILL_FILES_MIB",
        default_value = "1024",
        value_name = "MIB"
    )]
    pub files_mib: u32,

    /// For trying out: mails are shown at /dev/inbox to whoever asks, and none is sent.
    #[arg(long)]
    pub dev: bool,

    /// Instead of running the service.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What the program does besides being the service.
#[derive(Debug, Clone, Subcommand)]
pub enum Command {
    /// Verifies a timeline that was saved from the extension, without a network.
    VerifyTimeline {
        /// The file.
        file: PathBuf,
        /// A hash that the history must hold: one that a device shows, or an
        /// earlier file ended with.
        #[arg(long, value_name = "HASH")]
        known: Option<Hash>,
    },
    /// To be run once after a backup of the database was put back, before the
    /// service is started: everybody signs in again, nothing that waited goes on,
    /// and dangerous acts wait a day.
    Restored,
}

/// Why the settings can't be used together.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// There is nowhere to send mails.
    #[error(
        "SIGILL_SMTP_URL (--smtp-url) is missing: expected a mail server such as smtps://user:password@mail.example.org, or --dev for an inbox page instead"
    )]
    NoMailServer,
    /// Both a mail server and the inbox page were asked for.
    #[error("SIGILL_SMTP_URL (--smtp-url) is set together with --dev: expected one of them")]
    TwoMailServers,
}

/// Where mails go.
#[derive(Debug, Clone)]
pub enum Delivery {
    /// To a mail server.
    Smtp(String),
    /// To the inbox page.
    Inbox,
}

/// Everything that does not change while the service runs.
#[derive(Debug, Clone)]
pub struct Config {
    /// Scheme, host and port, without a slash at the end.
    pub public_url: String,
    /// The database.
    pub database_url: String,
    /// How many connections to it there are at most.
    pub database_connections: u32,
    /// The folder of the secrets.
    pub secrets_dir: PathBuf,
    /// Where mails go.
    pub delivery: Delivery,
    /// Who mails come from.
    pub mail_from: lettre::message::Mailbox,
    /// Where texts go, besides the inbox page.
    pub sms: Option<Gateway>,
    /// Where they may go to.
    pub sms_countries: Countries,
    /// How many there are in a day.
    pub texts_a_day: u32,
    /// Proxies whose X-Forwarded-For is believed.
    pub trusted_proxies: Vec<IpNet>,
    /// Providers that people may sign in at.
    pub oidc_providers: ProvidersSettings,
    /// Bytes that the files of a vault may take.
    pub file_quota: u64,
    /// How much of each thing is allowed.
    pub limits: Limits,
}

impl Config {
    /// Where mails can be read instead of being sent, if that is asked for.
    #[must_use]
    pub fn inbox_url(&self) -> Option<String> {
        match self.delivery {
            Delivery::Inbox => Some(format!("{}/dev/inbox", self.public_url)),
            Delivery::Smtp(_) => None,
        }
    }
}

impl Settings {
    /// The configuration of a service that listens at `bound`.
    ///
    /// # Errors
    /// Where settings don't go together.
    pub fn at(self, bound: SocketAddr) -> Result<Config, ConfigError> {
        let delivery = match (self.smtp_url, self.dev) {
            (Some(url), false) => Delivery::Smtp(url),
            (None, true) => Delivery::Inbox,
            (None, false) => return Err(ConfigError::NoMailServer),
            (Some(_), true) => return Err(ConfigError::TwoMailServers),
        };
        Ok(Config {
            public_url: self.public_url.unwrap_or_else(|| format!("http://{bound}")),
            database_url: self
                .database_url
                .unwrap_or_else(|| "sqlite://sigill-data/sigill.db?mode=rwc".into()),
            database_connections: 8,
            secrets_dir: self.secrets_dir,
            delivery,
            mail_from: self.mail_from,
            sms: self.sms_url,
            sms_countries: self.sms_countries,
            texts_a_day: self.sms_a_day,
            trusted_proxies: self.trusted_proxies,
            oidc_providers: self.oidc_providers,
            file_quota: u64::from(self.files_mib) << 20,
            limits: Limits::default(),
        })
    }
}

fn listen(text: &str) -> Result<SocketAddr, &'static str> {
    text.parse()
        .map_err(|_| "SIGILL_LISTEN: expected an address and a port, such as 127.0.0.1:8787")
}

fn public_url(text: &str) -> Result<String, &'static str> {
    const EXPECTED: &str = "SIGILL_PUBLIC_URL: expected http:// or https://, a host, and a port if needed, such as https://sigill.example.org";
    let uri: Uri = text.parse().map_err(|_| EXPECTED)?;
    let is_plain = matches!(uri.path(), "" | "/") && uri.query().is_none();
    match (uri.scheme_str(), uri.authority()) {
        (Some(scheme @ ("http" | "https")), Some(authority)) if is_plain => {
            Ok(format!("{scheme}://{authority}"))
        }
        _ => Err(EXPECTED),
    }
}

fn database_url(text: &str) -> Result<String, &'static str> {
    if ["sqlite:", "postgres:", "postgresql:"]
        .iter()
        .any(|scheme| text.starts_with(scheme))
    {
        Ok(text.into())
    } else {
        Err(
            "SIGILL_DATABASE_URL: expected sqlite://FILE?mode=rwc or postgres://USER:PASSWORD@HOST/NAME",
        )
    }
}

fn smtp_url(text: &str) -> Result<String, &'static str> {
    lettre::AsyncSmtpTransport::<lettre::Tokio1Executor>::from_url(text)
        .map(|_| text.into())
        .map_err(|_| {
            "SIGILL_SMTP_URL: expected smtps://USER:PASSWORD@HOST, smtp://USER:PASSWORD@HOST:587?tls=required or smtp://HOST:PORT"
        })
}

fn sms_url(text: &str) -> Result<Gateway, &'static str> {
    Gateway::parse(text).map_err(|_| {
        "SIGILL_SMS_URL: expected twilio+https://ACCOUNT:TOKEN@HOST/PATH?from=NUMBER or https://USER:PASSWORD@HOST/PATH"
    })
}

fn sms_countries(text: &str) -> Result<Countries, &'static str> {
    Countries::parse(text).map_err(
        |_| "SIGILL_SMS_COUNTRIES: expected calling codes parted by commas, such as 46,47,45",
    )
}

fn mail_from(text: &str) -> Result<lettre::message::Mailbox, &'static str> {
    text.parse()
        .map_err(|_| "SIGILL_MAIL_FROM: expected a mailbox such as Sigill <sigill@example.org>")
}

fn proxy(text: &str) -> Result<IpNet, &'static str> {
    let text = text.trim();
    let single = || text.parse::<IpAddr>().map(IpNet::from);
    text.parse().or_else(|_| single()).map_err(|_| {
        "SIGILL_TRUSTED_PROXIES: expected addresses or networks parted by commas, such as 127.0.0.1,10.0.0.0/8"
    })
}
