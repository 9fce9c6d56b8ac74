//! Work that lets others go first.

/// Puts this thread, and those that it starts from now on, behind all others: they get a thirtieth of the others' share where
/// these need it. With less, a reader who waits for what such a thread has begun would wait for ever.
#[cfg(target_os = "linux")]
pub(crate) fn stand_back() {
    // Where it is not allowed, the work takes its share.
    let _ = rustix::process::setpriority_process(None, 15);
}

/// Elsewhere a priority is the whole process's.
#[cfg(not(target_os = "linux"))]
pub(crate) fn stand_back() {}
