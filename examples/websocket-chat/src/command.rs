//! What members type.

/// What a member asks the chat for, rather than tells the room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Command<'a> {
    Help,
    /// What is my nickname?
    Nick,
    /// Another nickname.
    Rename(&'a str),
    /// Into that room.
    Join(&'a str),
    /// Which room am I in?
    Room,
    /// Who is here? Elsewhere than in a room: which rooms are there?
    List,
    /// Out of the room.
    Quit,
    /// `/join` without a room.
    JoinWhich,
    /// There is no such command.
    Unknown(String),
}

/// What `/help` answers.
pub(crate) const HELP: &str = "\
These are the commands:
/help - this list
/nick - your nickname
/nick <nickname> - takes another nickname
/join <room> - enters a room, and leaves the one that you are in
/room - the room that you are in
/ls - who is in your room; if you are in none, all rooms
/quit - leaves the room
Everything else that you type goes to all who are in your room.";

impl<'a> Command<'a> {
    /// The command, if the message is one: if it begins with `/`.
    ///
    /// The case of its name does not matter. Arguments are separated by spaces, and those that it does not take
    /// are ignored.
    pub(crate) fn parse(message: &'a str) -> Option<Command<'a>> {
        let mut words = message.strip_prefix('/')?.split(' ');
        let name = words.next().unwrap_or_default().trim_end().to_lowercase();
        let argument = words.map(str::trim).find(|word| !word.is_empty());
        Some(match (name.as_str(), argument) {
            ("help", _) => Command::Help,
            ("nick", None) => Command::Nick,
            ("nick", Some(nickname)) => Command::Rename(nickname),
            ("join", None) => Command::JoinWhich,
            ("join", Some(room)) => Command::Join(room),
            ("room", _) => Command::Room,
            ("ls", _) => Command::List,
            ("quit", _) => Command::Quit,
            _ => Command::Unknown(name),
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn any_text_is_a_command_or_not(text in "/?(nick|JOIN|ls)?(?s:.*)") {
            let command = Command::parse(&text);
            prop_assert_eq!(command.is_some(), text.starts_with('/'));
            if let Some(Command::Rename(argument) | Command::Join(argument)) = command {
                prop_assert!(!argument.is_empty() && !argument.contains(' '));
                prop_assert_eq!(argument.trim(), argument);
            }
        }
    }

    #[test]
    fn a_message_with_a_slash_in_front_is_a_command() {
        for (message, command) in [
            ("/help", Command::Help),
            ("/help me", Command::Help),
            ("/nick", Command::Nick),
            ("/nick Jenny", Command::Rename("Jenny")),
            ("/join chalice", Command::Join("chalice")),
            ("/join", Command::JoinWhich),
            ("/room", Command::Room),
            ("/ls", Command::List),
            ("/ls chalice", Command::List),
            ("/quit", Command::Quit),
            ("/leave now", Command::Unknown("leave".to_owned())),
            ("/", Command::Unknown(String::new())),
            ("//help", Command::Unknown("/help".to_owned())),
        ] {
            assert_eq!(Command::parse(message), Some(command), "{message:?}");
        }
    }

    #[test]
    fn anything_else_is_none() {
        for message in ["", "Hi", " /help", "1/2", "help", "\n/help"] {
            assert_eq!(Command::parse(message), None, "{message:?}");
        }
    }

    #[test]
    fn case_matters_in_arguments_only() {
        assert_eq!(Command::parse("/JOIN Tea"), Some(Command::Join("Tea")));
        assert_eq!(Command::parse("/Ls"), Some(Command::List));
        assert_eq!(
            Command::parse("/Sing"),
            Some(Command::Unknown("sing".to_owned()))
        );
    }

    #[test]
    fn arguments_are_separated_by_spaces() {
        assert_eq!(
            Command::parse("/nick  Mary "),
            Some(Command::Rename("Mary"))
        );
        assert_eq!(
            Command::parse("/nick Mary Ann"),
            Some(Command::Rename("Mary"))
        );
        assert_eq!(Command::parse("/nick "), Some(Command::Nick));
        assert_eq!(Command::parse("/join   "), Some(Command::JoinWhich));
    }

    /// As tools send it that send whole lines.
    #[test]
    fn the_end_of_a_line_does_not_matter() {
        assert_eq!(Command::parse("/ls\r\n"), Some(Command::List));
        assert_eq!(Command::parse("/join tea\n"), Some(Command::Join("tea")));
        assert_eq!(Command::parse("/join \n"), Some(Command::JoinWhich));
    }

    #[test]
    fn help_has_a_line_for_every_command() {
        for line in HELP.lines().filter(|line| line.starts_with('/')) {
            let (usage, _) = line.split_once(" - ").unwrap();
            let command = Command::parse(usage).unwrap();
            assert!(!matches!(command, Command::Unknown(_)), "{usage}");
        }
        assert_eq!(HELP.matches("\n/").count(), 7);
    }
}
