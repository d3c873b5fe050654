//! Functions of AWS Lambda.

use super::{
    handle::{operations, part, resource},
    kind::FUNCTION,
};

resource! {
    /// A function of AWS Lambda. Its name may end with the one alias or version that is meant: `resize:live`.
    Function = FUNCTION
}

operations! { Function:
    /// `Invoke` and `InvokeWithResponseStream`: `lambda:InvokeFunction` on the function, or on the
    /// alias or version that its name ends with.
    invoke = &[part(&["lambda:InvokeFunction"], FUNCTION.forms)];
}
