//! The `compago-sandbox` program.

use std::io::{self, Write};
use std::process::ExitCode;

use compago_sandbox::{Command, HELP, Sandbox};

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            // There is no other way to report that this cannot be written.
            let _ = writeln!(io::stderr().lock(), "{sentence}");
            ExitCode::from(2)
        }
    }
}

async fn run() -> Result<(), String> {
    let options = match Command::parse(std::env::args_os().skip(1))? {
        Command::Run(options) => options,
        Command::Help => return print_line(HELP.trim_end()),
        Command::Version => return print_line(concat!("compago-sandbox ", env!("CARGO_PKG_VERSION"))),
    };
    let end = asked_to_end().map_err(|problem| format!("Signals cannot be received: {problem}."))?;
    let sandbox = Sandbox::bind(options).await.map_err(|problem| problem.to_string())?;
    print_line(&format!("sandbox listening on http://{}", sandbox.address()))?;
    sandbox.serve(end).await.map_err(|problem| format!("The sandbox stopped serving: {problem}."))
}

/// Completes on a signal to end the program. Signals are received from this call on, not from the first poll, so that
/// one right after the ready line is not missed.
#[cfg(unix)]
fn asked_to_end() -> io::Result<impl Future<Output = ()> + Send> {
    use tokio::signal::unix::{SignalKind, signal};

    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

#[cfg(windows)]
fn asked_to_end() -> io::Result<impl Future<Output = ()> + Send> {
    let mut interrupt = tokio::signal::windows::ctrl_c()?;
    Ok(async move {
        interrupt.recv().await;
    })
}

fn print_line(line: &str) -> Result<(), String> {
    let mut stdout = io::stdout().lock();
    writeln!(stdout, "{line}")
        .and_then(|()| stdout.flush())
        .map_err(|problem| format!("Standard output cannot be written: {problem}."))
}
