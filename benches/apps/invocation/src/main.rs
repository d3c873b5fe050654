//! Invokes an app as often as it is told, many times over, and prints the nanoseconds that one invocation takes in
//! each batch: `app-invocation ROUTES rest|http small|json|bytes BATCHES INVOCATIONS`. `app-invocation event rest|http`
//! prints the event of the small work, for others to be measured with.

use std::{
    env,
    io::{self, Write},
    process::ExitCode,
    time::Instant,
};

use invocation::{Case, Gateway, Work};

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    if let [what, gateway] = arguments.as_slice()
        && what == "event"
        && let Some(gateway) = gateway_of(gateway)
    {
        let written = io::stdout().write_all(&invocation::event(gateway, Work::Small));
        return match written {
            Ok(()) => ExitCode::SUCCESS,
            Err(_) => ExitCode::FAILURE,
        };
    }
    let Some((mut case, batches, count)) = read(&arguments) else {
        eprintln!("usage: app-invocation ROUTES rest|http small|json|bytes BATCHES INVOCATIONS");
        return ExitCode::from(2);
    };
    let mut nanoseconds = Vec::with_capacity(batches);
    for _ in 0..batches {
        let start = Instant::now();
        for _ in 0..count {
            let _ = std::hint::black_box(case.again());
        }
        nanoseconds.push(start.elapsed().as_nanos() as f64 / f64::from(count));
    }
    println!("{nanoseconds:?}");
    ExitCode::SUCCESS
}

fn gateway_of(name: &str) -> Option<Gateway> {
    Gateway::ALL.into_iter().find(|it| it.name() == name)
}

fn read(arguments: &[String]) -> Option<(Case, usize, u32)> {
    let [routes, gateway, work, batches, count] = arguments else {
        return None;
    };
    let gateway = gateway_of(gateway)?;
    let work = Work::ALL.into_iter().find(|it| it.name() == work)?;
    let invoke = app_invocation::invoke(routes.parse().ok()?);
    let case = Case::checked(invoke, gateway, work);
    Some((case, batches.parse().ok()?, count.parse().ok()?))
}
