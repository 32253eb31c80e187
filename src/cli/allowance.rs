//! How much memory this process may take: what its control group allows, or what the machine has to give.
//!
//! Linux tells in `/proc` and `/sys/fs/cgroup`, in the ways of version 2 and version 1 of control groups. A limit of any
//! group above the process's own counts for it too. Elsewhere [`ELSEWHERE_BYTES`] are taken.

use std::fs;
use std::path::{Path, PathBuf};

use super::cost;

/// The share that a run takes of what is allowed; the rest is for the page cache and for others.
const SHARE_PERCENT: u64 = 80;
/// What is taken for allowed where nobody tells: 4 GiB.
const ELSEWHERE_BYTES: u64 = 4 << 30;

/// What `--memory` is if nobody says.
pub fn default_bytes() -> u64 {
    let read = |path: &Path| fs::read_to_string(path).ok();
    allowed_bytes(&read).unwrap_or(ELSEWHERE_BYTES) / 100 * SHARE_PERCENT
}

/// What this process holds now.
pub fn held_bytes() -> u64 {
    cost::resident_bytes().unwrap_or_default()
}

/// The smaller of what the control groups allow and what the machine has left.
fn allowed_bytes(read: &dyn Fn(&Path) -> Option<String>) -> Option<u64> {
    let memory = read(Path::new("/proc/meminfo"));
    let field = |name: &str| memory.as_deref().and_then(|text| kib_of(text, name));
    let machine = field("MemAvailable:").or_else(|| field("MemTotal:"));
    cgroup_bytes(read).into_iter().chain(machine).min()
}

/// The smallest limit of the control groups that the process is in.
fn cgroup_bytes(read: &dyn Fn(&Path) -> Option<String>) -> Option<u64> {
    let groups = read(Path::new("/proc/self/cgroup"))?;
    let mounts = read(Path::new("/proc/self/mountinfo"))?;
    let limits = groups.lines().filter_map(|line| {
        let mut fields = line.splitn(3, ':');
        let (_, controllers, group) = (fields.next()?, fields.next()?, fields.next()?);
        let file = match controllers {
            "" => "memory.max",
            _ if controllers.split(',').any(|name| name == "memory") => "memory.limit_in_bytes",
            _ => return None,
        };
        let mount = mounts.lines().find_map(|line| Mount::of(line, controllers.is_empty()))?;
        mount.folders(group).iter().filter_map(|folder| read(&folder.join(file))?.trim().parse::<u64>().ok()).min()
    });
    limits.min()
}

/// Where a hierarchy of control groups is mounted, and which group stands there.
struct Mount<'a> {
    group: &'a str,
    folder: &'a str,
}

impl<'a> Mount<'a> {
    /// Reads a line of `/proc/self/mountinfo`; none if it is not of the hierarchy that governs memory.
    fn of(line: &'a str, unified: bool) -> Option<Self> {
        let (place, kind) = line.split_once(" - ")?;
        let mut place = place.split(' ').skip(3);
        let (group, folder) = (place.next()?, place.next()?);
        let mut kind = kind.split(' ');
        let (system, options) = (kind.next()?, kind.nth(1)?);
        let is_it = match unified {
            true => system == "cgroup2",
            false => system == "cgroup" && options.split(',').any(|option| option == "memory"),
        };
        is_it.then_some(Self { group, folder })
    }

    /// The folders of a group and of all above it, as far as they can be seen.
    fn folders(&self, group: &str) -> Vec<PathBuf> {
        let top = PathBuf::from(self.folder);
        // A group that does not lie below the mounted one is named from another place: the mounted one is all there is.
        let below = Path::new(group).strip_prefix(self.group).unwrap_or(Path::new(""));
        let is_plain = below.components().all(|part| matches!(part, std::path::Component::Normal(_)));
        let below = if is_plain { below } else { Path::new("") };
        below.ancestors().map(|part| top.join(part)).collect()
    }
}

/// A figure of `/proc/meminfo` in bytes.
fn kib_of(text: &str, name: &str) -> Option<u64> {
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    line.split_whitespace().next()?.parse::<u64>().ok()?.checked_mul(1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MACHINE: (&str, &str) = ("/proc/meminfo", "MemTotal:  16000 kB\nMemFree: 10 kB\nMemAvailable:  8000 kB\n");
    const V1: &str = "24 1 0:20 / /sys rw - sysfs sysfs rw\n\
        30 24 0:26 / /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu\n\
        31 24 0:27 / /sys/fs/cgroup/memory rw,nosuid shared:9 - cgroup cgroup rw,memory\n\
        32 24 0:28 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n";
    const V2: &str = "29 23 0:25 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate\n";

    fn check(files: &[(&str, &str)], expected: Option<u64>) {
        let read = |path: &Path| {
            let found = files.iter().find(|(name, _)| Path::new(name) == path);
            found.map(|(_, content)| (*content).to_owned())
        };
        assert_eq!(allowed_bytes(&read), expected, "{files:?}");
    }

    #[test]
    fn version_2_and_the_groups_above() {
        let process = [("/proc/self/cgroup", "0::/user.slice/work\n"), ("/proc/self/mountinfo", V2), MACHINE];
        let with = |more: &[(&'static str, &'static str)]| [&process[..], more].concat();
        let (own, above) = ("/sys/fs/cgroup/user.slice/work/memory.max", "/sys/fs/cgroup/user.slice/memory.max");
        check(&with(&[(own, "4096000\n"), (above, "max\n")]), Some(4_096_000));
        check(&with(&[(own, "4096000\n"), (above, "2048000\n")]), Some(2_048_000));
        check(&with(&[(own, "max\n"), (above, "max\n")]), Some(8_192_000));
        check(&with(&[]), Some(8_192_000));
        // More than the machine has left is not to be had.
        check(&with(&[(own, "9000000\n")]), Some(8_192_000));
    }

    #[test]
    fn version_1_and_both_at_once() {
        let groups = "5:cpu:/a\n4:memory:/a/b\n0::/c\n";
        let process = [("/proc/self/cgroup", groups), ("/proc/self/mountinfo", V1), MACHINE];
        let with = |more: &[(&'static str, &'static str)]| [&process[..], more].concat();
        let own = "/sys/fs/cgroup/memory/a/b/memory.limit_in_bytes";
        check(&with(&[(own, "1048576\n")]), Some(1 << 20));
        // What version 1 says for no limit.
        check(&with(&[(own, "9223372036854771712\n")]), Some(8_192_000));
        check(&with(&[("/sys/fs/cgroup/memory/memory.limit_in_bytes", "2097152\n")]), Some(2 << 20));
        check(&with(&[("/sys/fs/cgroup/unified/c/memory.max", "3145728\n")]), Some(3 << 20));
        // A group of another controller says nothing of memory.
        check(&with(&[("/sys/fs/cgroup/cpu/a/memory.limit_in_bytes", "1\n")]), Some(8_192_000));
    }

    #[test]
    fn containers_see_their_own_group_at_the_top() {
        let mounts = "31 24 0:27 /docker/x /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory\n";
        let top = ("/sys/fs/cgroup/memory/memory.limit_in_bytes", "1048576\n");
        let inner = ("/sys/fs/cgroup/memory/job/memory.limit_in_bytes", "524288\n");
        for (group, expected) in [("4:memory:/docker/x\n", 1 << 20), ("4:memory:/docker/x/job\n", 1 << 19)] {
            check(&[("/proc/self/cgroup", group), ("/proc/self/mountinfo", mounts), top, inner], Some(expected));
        }
        // A group named from another place, or with steps upwards in its name.
        for group in ["4:memory:/elsewhere\n", "4:memory:/docker/x/../../etc\n", "4:memory:/../outside\n"] {
            check(&[("/proc/self/cgroup", group), ("/proc/self/mountinfo", mounts), top], Some(1 << 20));
        }
    }

    #[test]
    fn what_nobody_tells_is_none() {
        check(&[], None);
        check(&[("/proc/meminfo", "MemTotal: 16000 kB\n")], Some(16_384_000));
        check(
            &[("/proc/self/cgroup", "nonsense\n0::\n::::"), ("/proc/self/mountinfo", "x\n - \na - b"), MACHINE],
            Some(8_192_000),
        );
    }
}
