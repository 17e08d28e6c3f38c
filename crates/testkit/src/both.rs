//! One test, two databases.

use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use crate::{DIALECTS, Template, TestDb};

/// Runs a test body on SQLite, then on PostgreSQL; a failure says on which.
pub fn each(template: &Template, body: impl Fn(TestDb)) {
    for dialect in DIALECTS {
        let db = TestDb::new(dialect, template);
        if let Err(panic) = catch_unwind(AssertUnwindSafe(|| body(db))) {
            eprintln!("the test failed on {dialect:?}");
            resume_unwind(panic);
        }
    }
}

/// Runs async code of a test to its end, on a runtime with two threads.
pub fn block_on<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.expect("an async runtime").block_on(future)
}

/// Declares tests that run on both databases: each `fn name(db: TestDb)` or `async fn` becomes
/// `name::sqlite` and `name::postgres`.
#[macro_export]
macro_rules! both {
    (template: $template:expr; $($rest:tt)*) => {
        $crate::both! { @tests ($template) $($rest)* }
    };
    (@tests ($template:expr)) => {};
    (@tests ($template:expr) $(#[$meta:meta])* fn $name:ident($db:ident: TestDb) $body:block $($rest:tt)*) => {
        $crate::both! { @one ($template) [$(#[$meta])*] $name $db { $body } }
        $crate::both! { @tests ($template) $($rest)* }
    };
    (@tests ($template:expr) $(#[$meta:meta])* async fn $name:ident($db:ident: TestDb) $body:block $($rest:tt)*) => {
        $crate::both! { @one ($template) [$(#[$meta])*] $name $db { $crate::block_on(async move $body) } }
        $crate::both! { @tests ($template) $($rest)* }
    };
    (@one ($template:expr) [$($meta:tt)*] $name:ident $db:ident $body:block) => {
        $($meta)*
        mod $name {
            #[expect(unused_imports, reason = "a body may need nothing of its file")]
            use super::*;
            fn run(dialect: $crate::Dialect) {
                let $db = $crate::TestDb::new(dialect, &$template);
                $body
            }
            #[test]
            fn sqlite() {
                run($crate::Dialect::Sqlite);
            }
            #[test]
            fn postgres() {
                run($crate::Dialect::Postgres);
            }
        }
    };
}
