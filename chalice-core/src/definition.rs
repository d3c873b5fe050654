//! What each attribute leaves beside its function: plain const data.

use crate::{
    authorizer::AuthorizerDef,
    cors::{CorsDef, CorsSetting},
    grant::GroupGrants,
    method::{MethodList, MethodSet},
};

/// What an app says about its API as a whole: its fields `api` and `debug`.
#[derive(Clone, Copy, Debug)]
pub struct ApiDef {
    /// The CORS settings of the routes that say nothing about CORS.
    pub cors: Option<CorsDef>,
    /// Content types that API Gateway carries as binary, besides
    /// [`DEFAULT_BINARY_TYPES`](crate::binary_types::DEFAULT_BINARY_TYPES).
    pub binary_types: &'static [&'static str],
    /// From how many bytes on responses are compressed; `None` for never. At
    /// most [`MAX_COMPRESSION_SIZE`](ApiDef::MAX_COMPRESSION_SIZE).
    pub compression: Option<u32>,
    /// Whether unexpected failures may be shown to whoever sent the request.
    pub debug: bool,
}

impl ApiDef {
    /// What holds for an app that says nothing.
    pub const DEFAULT: ApiDef = ApiDef {
        cors: None,
        binary_types: &[],
        compression: None,
        debug: false,
    };

    /// The largest minimum size for compression, in bytes: 10 MB (Amazon API
    /// Gateway, "Payload compression", `minimumCompressionSize`).
    pub const MAX_COMPRESSION_SIZE: u32 = 10_485_760;
}

/// A handler: an annotated function.
///
/// One level of fields, and numbers where they do, here and in [`RouteDef`]: the definition is
/// a constant beside every handler, and nested structs are more work for rustc.
#[derive(Clone, Copy, Debug)]
pub struct HandlerDef {
    /// The handler's name within its app: the function's own, or `name = ".."`.
    pub name: &'static str,
    /// The function's name.
    pub function: &'static str,
    /// The module's path.
    pub module: &'static str,
    /// The file in which the function is, as given to the compiler.
    pub file: &'static str,
    /// The line of the file, counted from 1.
    pub line: u32,
    /// What invokes the handler.
    pub kind: HandlerKind,
    /// The handler's manifest entry, a JSON object, for a handler without prefixes and
    /// authorizer. Its attribute rendered it: copying is far cheaper in const evaluation
    /// than formatting.
    pub entry: &'static str,
    /// Where in `entry` the members begin that neither prefixes nor an authorizer change.
    pub unchanging: usize,
}

/// A handler that is none: what an attribute with mistakes leaves, and what
/// fills arrays until const evaluation has reached their last element.
#[doc(hidden)]
pub const STUB: HandlerDef = HandlerDef {
    name: "",
    function: "",
    module: "",
    file: "",
    line: 0,
    kind: HandlerKind::Function,
    entry: "",
    unchanging: 0,
};

/// What invokes a handler.
#[derive(Clone, Copy, Debug)]
pub enum HandlerKind {
    /// A route of the REST API.
    Route(RouteDef),
    /// A Lambda function of its own, whose name is the handler's: a pure one, or one
    /// that an event source invokes of which there can be several. What is to be known of the source is in the manifest entry.
    Function,
    /// A Lambda function of its own that API Gateway asks whether a request may pass.
    Authorizer(AuthorizerSource),
    /// A Lambda function of its own that answers one route of the WebSocket
    /// API: `$connect`, `$disconnect`, `$default` or a key of the user's.
    Websocket {
        /// The route key.
        route_key: &'static str,
    },
    /// A Lambda function of its own that Amazon S3 notifies of what happens in a bucket.
    S3(NotificationDef),
    /// A Lambda function of its own that gets the messages of an Amazon SQS queue.
    Sqs {
        /// The queue's name, or its ARN.
        queue: &'static str,
    },
}

/// Which of a bucket's events a function is notified of (Amazon S3, "Event notifications").
#[derive(Clone, Copy, Debug)]
pub struct NotificationDef {
    /// The bucket's name.
    pub bucket: &'static str,
    /// The event types, such as `s3:ObjectCreated:*`; never empty.
    pub events: &'static [&'static str],
    /// What the keys start with; empty for any.
    pub prefix: &'static str,
    /// What the keys end with; empty for any.
    pub suffix: &'static str,
}

/// What an authorizer function judges a request by.
#[derive(Clone, Copy, Debug)]
pub enum AuthorizerSource {
    /// A token in one header: API Gateway's type `TOKEN`.
    Token,
    /// The request: API Gateway's type `REQUEST`. Without the identity sources
    /// a request is not passed on.
    Request(&'static [IdentitySource]),
}

/// Where in a request one of the values is that identify the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdentitySource {
    /// A header; its name's case does not matter.
    Header(&'static str),
    /// A parameter of the query string.
    Query(&'static str),
    /// A member of `requestContext`, such as `identity.sourceIp`.
    Context(&'static str),
    /// A stage variable.
    StageVariable(&'static str),
}

/// A route of the REST API.
#[derive(Clone, Copy, Debug)]
pub struct RouteDef {
    /// The path in API Gateway's form, checked: `/users/{id}`.
    pub path: &'static str,
    /// [`hash`](crate::bytes::hash) of `path`, as the exact table needs it.
    pub path_hash: u64,
    /// The path's segments, each as [`SegmentDef::parts`]; `/` has none.
    pub segments: &'static [[u64; 2]],
    /// The methods that the route answers; never empty.
    pub methods: MethodSet,
    /// The methods, in the order in which the attribute lists them.
    pub declared_methods: MethodList,
    /// What the route says about CORS.
    pub cors: CorsSetting,
    /// Who decides whether a request may pass.
    pub authorizer: Option<AuthorizerDef>,
    /// The content types that a request may have; empty for all.
    pub content_types: &'static [&'static str],
    /// Whether responses are streamed.
    pub stream: bool,
}

/// A segment of a route's path, with all that the router's tables need to know of it.
#[derive(Clone, Copy, Debug)]
pub struct SegmentDef {
    /// [`hash`](crate::bytes::hash) of a literal segment; of a placeholder, of its name.
    pub hash: u64,
    /// Bits 0 to 15: where the segment (of a placeholder: its name) starts in
    /// the path; bits 16 to 31: where it ends; bits 32 and 33: its kind.
    pub place: u64,
}

/// What a segment matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SegmentKind {
    /// Itself.
    Literal,
    /// One segment.
    Placeholder,
    /// The rest of the path.
    Greedy,
}

impl SegmentDef {
    /// A segment: `start` and `end` delimit its text, or its placeholder's name, in the path.
    pub const fn new(kind: SegmentKind, hash: u64, start: u16, end: u16) -> SegmentDef {
        SegmentDef {
            hash,
            place: start as u64 | (end as u64) << 16 | (kind as u64) << 32,
        }
    }

    /// The segment of these [`parts`](SegmentDef::parts).
    pub const fn of_parts([hash, place]: [u64; 2]) -> SegmentDef {
        SegmentDef { hash, place }
    }

    /// The segment as plain numbers: `hash` and `place`.
    pub const fn parts(self) -> [u64; 2] {
        [self.hash, self.place]
    }

    /// The same segment `bytes` further on, in a path with a prefix.
    #[must_use]
    pub const fn shifted(self, bytes: u16) -> SegmentDef {
        let bytes = bytes as u64;
        SegmentDef {
            hash: self.hash,
            place: self.place + (bytes | bytes << 16),
        }
    }

    /// Bits 32 and 33 of `place` for a segment that matches itself.
    pub(crate) const LITERAL: u64 = SegmentKind::Literal as u64;
    /// Those for one that matches the rest of the path.
    pub(crate) const GREEDY: u64 = SegmentKind::Greedy as u64;

    /// What the segment matches.
    pub const fn kind(self) -> SegmentKind {
        match self.place >> 32 {
            0 => SegmentKind::Literal,
            1 => SegmentKind::Placeholder,
            _ => SegmentKind::Greedy,
        }
    }

    /// Where the segment, or its placeholder's name, starts in the path.
    pub const fn start(self) -> u16 {
        self.place as u16
    }

    /// Where the segment, or its placeholder's name, ends in the path.
    pub const fn end(self) -> u16 {
        (self.place >> 16) as u16
    }
}

/// The handlers and blueprints that an app or a blueprint lists.
#[derive(Clone, Copy, Debug)]
pub struct GroupDef {
    /// The entries, in the order in which they are listed.
    pub items: &'static [Item],
}

/// An entry of an app or a blueprint.
#[derive(Clone, Copy, Debug)]
pub enum Item {
    /// A handler.
    Handler(&'static HandlerDef),
    /// A blueprint, mounted.
    Mount(Mount),
    /// What the group's handlers may do: at most one, the last of the entries.
    Grants(&'static GroupGrants),
}

/// A blueprint together with the prefixes of its place in an app.
///
/// Made by `BLUEPRINT.at("/users")`, in the `blueprints` list of an app or of
/// another blueprint.
#[derive(Clone, Copy, Debug)]
pub struct Mount {
    /// The blueprint's entries.
    pub group: &'static GroupDef,
    /// The prefix of the blueprint's paths; empty for none.
    pub path_prefix: &'static str,
    /// The prefix of the blueprint's handler names; empty for none.
    pub name_prefix: &'static str,
}

impl Mount {
    /// A blueprint without prefixes.
    #[doc(hidden)]
    pub const fn of(group: &'static GroupDef) -> Mount {
        Mount {
            group,
            path_prefix: "",
            name_prefix: "",
        }
    }

    /// Puts the blueprint's routes under `path_prefix`: with `/users`, its
    /// route `/` answers `/users` and its route `/<id>` answers `/users/<id>`.
    ///
    /// # Panics
    ///
    /// In const evaluation, hence as a compile error, when the prefix is not a
    /// path: it starts with `/`, does not end with `/`, and consists of the
    /// segments that [`crate::path`] allows, greedy ones excepted.
    #[must_use]
    #[track_caller]
    pub const fn at(mut self, path_prefix: &'static str) -> Mount {
        crate::path::assert_prefix(path_prefix);
        self.path_prefix = path_prefix;
        self
    }

    /// Puts `name_prefix` before the names of the blueprint's handlers, so
    /// that one blueprint can be mounted twice, or beside handlers of the same names.
    ///
    /// # Panics
    ///
    /// In const evaluation, hence as a compile error, when the prefix has a
    /// character that a function's name cannot have.
    #[must_use]
    #[track_caller]
    pub const fn prefix(mut self, name_prefix: &'static str) -> Mount {
        crate::name::assert_prefix(name_prefix);
        self.name_prefix = name_prefix;
        self
    }
}
