//! The account service: settings, then the service, until it is told to stop.

use std::future::IntoFuture;
use std::net::SocketAddr;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use sigill_core::id::Hash;
use sigill_service::clock::Clock;
use sigill_service::config::{Command, ConfigError, Settings};
use sigill_service::failure::Failure;
use sigill_service::service::{Service, StartError};
use sigill_service::timeline::file::verify_file;
use sigill_service::{courier, restored, router, tidy};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::oneshot;
use tracing_subscriber::EnvFilter;

/// What is being answered when the service is told to stop has this long.
const GRACE: Duration = Duration::from_secs(10);
/// A mail that is being handed over then has as long as a mail server may take.
const LAST_MAIL: Duration = Duration::from_secs(25);

/// Why the service ended.
#[derive(Debug, thiserror::Error)]
enum End {
    #[error(transparent)]
    Config(#[from] ConfigError),
    #[error(transparent)]
    Start(#[from] StartError),
    #[error("SIGILL_LISTEN: {address} can't be listened at: {source}")]
    Listen {
        address: SocketAddr,
        source: std::io::Error,
    },
    #[error("SIGILL_DATABASE_URL: the database did not take it ({0:?}); run this again")]
    Restored(Failure),
    #[error("the service broke off: {0}")]
    Serve(#[from] std::io::Error),
}

#[tokio::main]
async fn main() -> ExitCode {
    let settings = Settings::parse();
    if let Some(Command::VerifyTimeline { file, known }) = &settings.command {
        return verify_timeline(file, *known);
    }
    tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_target(false)
        .with_env_filter(
            EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info")),
        )
        .with_writer(std::io::stderr)
        .init();
    let ended = match settings.command {
        Some(Command::Restored) => restored(settings).await,
        Some(Command::VerifyTimeline { .. }) | None => run(settings).await,
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(end) => {
            tracing::error!(error = %end, "ended");
            ExitCode::FAILURE
        }
    }
}

/// Says what a saved timeline is worth; fails where it does not verify.
fn verify_timeline(file: &Path, known: Option<Hash>) -> ExitCode {
    match verify_file(file, known) {
        Ok(verified) => {
            println!("{verified}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{}: {error}", file.display());
            ExitCode::FAILURE
        }
    }
}

/// Tells the database that it is one of before.
async fn restored(settings: Settings) -> Result<(), End> {
    let address = settings.listen;
    let config = settings.at(address)?;
    let service = Service::open(config, Clock::from_environment()).await?;
    let accounts = restored::declare(&service).await;
    service.close().await;
    let accounts = accounts.map_err(End::Restored)?;
    tracing::info!(accounts, "restored");
    Ok(())
}

async fn run(settings: Settings) -> Result<(), End> {
    let address = settings.listen;
    let unheard = |source| End::Listen { address, source };
    let listener = TcpListener::bind(address).await.map_err(unheard)?;
    let bound = listener.local_addr().map_err(unheard)?;
    let config = settings.at(bound)?;
    let (public_url, inbox) = (config.public_url.clone(), config.inbox_url());
    let service = Service::open(config, Clock::from_environment()).await?;
    let (stop, stopped) = oneshot::channel();
    let courier = tokio::spawn(courier::run(service.clone(), stopped));
    let tidier = tokio::spawn(tidy::run(service.clone()));
    tracing::info!(address = %bound, public_url, inbox, "listening");
    let app = router(&service).into_make_service_with_connect_info::<SocketAddr>();
    let (told, hears) = oneshot::channel::<()>();
    let waited_at = service.clone();
    let serving = axum::serve(listener, app).with_graceful_shutdown(async move {
        told_to_stop().await;
        waited_at.live.end();
        drop(told);
    });
    let served = tokio::select! {
        served = serving.into_future() => served,
        () = grace(hears) => Ok(()),
    };
    tidier.abort();
    drop(stop);
    let _late = tokio::time::timeout(LAST_MAIL, courier).await;
    service.close().await;
    tracing::info!("stopped");
    Ok(served?)
}

/// A connection on which nobody ever asks is not waited for.
async fn grace(told: oneshot::Receiver<()>) {
    let _told = told.await;
    tokio::time::sleep(GRACE).await;
}

/// Ctrl-C, or SIGTERM.
async fn told_to_stop() {
    let interrupted = tokio::signal::ctrl_c();
    match signal(SignalKind::terminate()) {
        Ok(mut terminated) => {
            tokio::select! {
                _ = interrupted => {}
                _ = terminated.recv() => {}
            }
        }
        Err(_) => {
            let _ = interrupted.await;
        }
    }
}
