//! Apps in service, for targets that invoke them.

use std::future::Future;

use chalice::{Application, test::Client};
use tokio::runtime::{Builder, Runtime};

/// An app, and what runs it.
pub(crate) struct Served<A: Application> {
    runtime: Runtime,
    client: Client<A>,
}

impl<A: Application> Served<A> {
    /// Starts the app, without its log: an input that is refused is no news.
    pub(crate) fn new(app: &'static A) -> Served<A> {
        let _ = tracing::subscriber::set_global_default(tracing::subscriber::NoSubscriber::new());
        let runtime = Builder::new_current_thread()
            .enable_time()
            .build()
            .expect("a runtime needs nothing that could be missing");
        let client = runtime
            .block_on(Client::new(app))
            .expect("the app has no state that could fail");
        Served { runtime, client }
    }

    /// Asks the app.
    pub(crate) fn ask<'a, F: Future>(
        &'a self,
        question: impl FnOnce(&'a Client<A>) -> F,
    ) -> F::Output {
        self.runtime.block_on(question(&self.client))
    }
}
