//! Binds the port, serves, and shuts down.

mod data_file;
mod delivery;
mod line;
pub(crate) mod options;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::pin::pin;
use std::time::Duration;

use axum::middleware;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::fault::Carrier;
use crate::service::router;
use crate::world::state::Store;
use crate::world::{App, World};
use data_file::{DataFile, LoadProblem};
use line::{Line, Lines};
use options::Options;

/// A sandbox that is bound to its port and ready to serve.
pub struct Sandbox {
    listener: TcpListener,
    address: SocketAddr,
    app: App,
}

impl Sandbox {
    /// Binds the port on 127.0.0.1 and loads the data file.
    ///
    /// # Errors
    /// A busy port or an unreadable data file, each as one sentence.
    pub async fn bind(options: Options) -> Result<Self, StartProblem> {
        let data = options.data.map(DataFile::new);
        let world = match &data {
            Some(file) => file.load()?,
            None => World::default(),
        };
        let bound = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port)).await;
        let listener = bound.map_err(|problem| {
            if problem.kind() == io::ErrorKind::AddrInUse {
                StartProblem::Busy(options.port)
            } else {
                StartProblem::NoPort(options.port, problem)
            }
        })?;
        let address = listener.local_addr().map_err(|problem| StartProblem::NoPort(options.port, problem))?;
        let origin = options.origin.unwrap_or_else(|| format!("http://localhost:{}", address.port()));
        let store = data.map(|file| Box::new(file) as Box<dyn Store>);
        Ok(Self { listener, address, app: App::new(origin, Carrier::Connection, world, store) })
    }

    /// Returns the address on which it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves until `end` completes, then gives running answers at most two seconds to finish.
    ///
    /// # Errors
    /// An error of the listening socket.
    pub async fn serve(self, end: impl Future<Output = ()> + Send + 'static) -> io::Result<()> {
        let (stop, stopped) = oneshot::channel::<()>();
        let router = router(&self.app).layer(middleware::from_fn(delivery::deliver));
        let service = router.into_make_service_with_connect_info::<Line>();
        let serving = axum::serve(Lines(self.listener), service).with_graceful_shutdown(async {
            let _ = stopped.await;
        });
        let mut serving = pin!(serving.into_future());
        tokio::select! {
            served = &mut serving => return served,
            () = end => {}
        }
        let _ = stop.send(());
        tokio::time::timeout(GRACE, serving).await.unwrap_or(Ok(()))
    }
}

/// The reason why a sandbox does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartProblem {
    /// Another program uses the port.
    #[error("Port {0} is in use by another program; end it or choose another with --port.")]
    Busy(u16),
    /// The system refuses the port.
    #[error("Port {0} cannot be used: {1}.")]
    NoPort(u16, #[source] io::Error),
    /// The data file exists but cannot be used.
    #[error("{0}.")]
    Data(String),
}

impl From<LoadProblem> for StartProblem {
    fn from(problem: LoadProblem) -> Self {
        Self::Data(problem.to_string())
    }
}

const GRACE: Duration = Duration::from_secs(2);
