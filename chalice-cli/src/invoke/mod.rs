//! `cargo chalice invoke`: one function, one event, the answer.

mod event;
mod payload;

use std::path::PathBuf;

use bytes::Bytes;
use clap::Args;

use self::event::{EventOptions, Made};
use crate::app_build::AppOptions;
use crate::local::{Invoked, LocalApp};
use crate::{Error, standard_output};

// No line is longer than the help is wide, which would break a command in two.
const EXAMPLES: &str = "\
Examples:
  cargo chalice invoke --local -n Checkout --payload order.json
  echo '{\"article\": \"tea\", \"count\": 2}' | cargo chalice invoke --local -n Checkout

Events of each source, for functions of the app in examples/events:
  s3: --key, --bucket, --event-name, --size
    cargo chalice invoke --local -n resize --event s3 --key images/a.jpg --size 2000
  sns: --message, --subject, --topic, --attribute
    cargo chalice invoke --local -n notify --event sns --message hello --subject greeting
  sqs: --body (once per message), --queue, --group-id, --attribute
    cargo chalice invoke --local -n order --event sqs --body '{\"article\": \"tea\", \"count\": 2}'
  kinesis: --data (once per record), --stream, --partition-key
    cargo chalice invoke --local -n click --event kinesis --data one --data two
  dynamodb: --new-image, --old-image or both, --keys, --table
    cargo chalice invoke --local -n stored --event dynamodb \\
      --new-image '{\"article\": \"tea\", \"count\": 2}'
  cloudwatch: --source, --detail-type, --detail, --resource, --time
    cargo chalice invoke --local -n pushed --event cloudwatch --detail-type Push \\
      --detail '{\"repositoryName\": \"shop\", \"referenceName\": \"main\"}'
  schedule: --rule, --time
    cargo chalice invoke --local -n sweep --event schedule
  websocket: --route-key, --connection-id, --body; --header, --query of connect
    cargo chalice invoke --local -n websocket_message --event websocket --body hello
  http: --method, --path, --header, --body; for the routes of any app
    cargo chalice invoke --local -n api_handler --event http --path /cities/seattle";

/// Invokes a function of the app with one event.
///
/// With `--local`, on this machine: builds the app, starts its executable as Lambda does,
/// and hands it the event. The event is JSON from `--payload` or the
/// standard input, or it is made for an event source from the options below. What the function returns is
/// printed as it is; its log goes to the standard error. When the function fails, so does this
/// command, with the error's type and message on the standard error.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// The function: its name within the app, on AWS Lambda, or its ARN.
    #[arg(short, long)]
    name: String,
    /// Run the function on this machine.
    #[arg(long)]
    local: bool,
    /// The stage: what .chalice/config.json says of it, and a part of the function's name on AWS Lambda.
    #[arg(long, default_value = "dev")]
    stage: String,
    /// The file with the event, JSON; `-` for the standard input, which is also read
    /// if it is no terminal and nothing else says what the event is. Nothing in it is `{}`.
    #[arg(long, value_name = "FILE")]
    payload: Option<PathBuf>,
    #[command(flatten)]
    event: EventOptions,
    #[command(flatten)]
    app: AppOptions,
}

/// What the function is invoked with.
enum Given {
    Payload(Bytes),
    Options,
}

/// Invokes the function and prints its answer.
pub(crate) async fn run(arguments: Arguments) -> Result<(), Error> {
    if !arguments.local {
        return Err(
            "`cargo chalice invoke` without `--local` is for functions that are deployed, which this version cannot \
             reach: add `--local` to run the function on this machine"
                .into(),
        );
    }
    // Before the build, which may take minutes: mistakes on the command line are known at once.
    let given = given(&arguments)?;
    let app = LocalApp::build(&arguments.app, arguments.stage).await?;
    let function = app.find(&arguments.name)?;
    let event = match given {
        Given::Payload(payload) => payload,
        Given::Options => match arguments.event.make(function)? {
            Made::Event(event) => event.to_string().into(),
            Made::Request(request) => app.event_of(*request).await?.into(),
        },
    };
    match app.invoke(&arguments.name, event).await? {
        Invoked::Returned(answer) => {
            standard_output::print(&answer)?;
            standard_output::print(b"\n")
        }
        Invoked::Failed {
            error_type,
            error_message,
        } => Err(format!(
            "the function `{}` failed: {error_type}: {error_message}",
            function.name
        )
        .into()),
    }
}

fn given(arguments: &Arguments) -> Result<Given, Error> {
    let options = arguments.event.any();
    match &arguments.payload {
        Some(_) if options => Err(
            "`--payload` is the event, and so is what `--event` and its options make: leave one of them out".into(),
        ),
        None if options => {
            arguments.event.check()?;
            Ok(Given::Options)
        }
        file => Ok(Given::Payload(payload::read(file.as_deref())?)),
    }
}

#[cfg(test)]
mod tests {
    use clap::ValueEnum as _;

    use super::event::Source;
    use super::*;

    #[test]
    fn the_help_has_every_option_of_every_source() {
        for source in Source::value_variants() {
            let (_, rest) = EXAMPLES
                .split_once(&format!("\n  {}: ", source.name()))
                .unwrap();
            let (options, example) = rest.split_once('\n').unwrap();
            for option in source.options() {
                assert!(options.contains(option), "{option}: {options}");
            }
            let event = format!("--event {}", source.name());
            assert!(example.lines().next().unwrap().contains(&event));
        }
    }

    #[test]
    fn commands_of_the_help_fit_into_a_line() {
        for line in EXAMPLES.lines() {
            assert!(line.len() < 100, "{line}");
        }
    }
}
