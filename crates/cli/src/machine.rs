//! What the machine has.

/// Half of the memory that the machine has, or that a container leaves to what runs in it, in bytes; `None` where the system does not say.
pub(crate) fn half_of_memory() -> Option<usize> {
    let mut system = sysinfo::System::new().ok()?;
    system.refresh_memory();
    let machine = system.total_memory();
    let allowed = system.cgroup_limits().map_or(machine, |limits| limits.total_memory.min(machine));
    (allowed > 0).then(|| usize::try_from(allowed / 2).unwrap_or(usize::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(target_os = "linux")]
    #[test]
    fn half_is_no_more_than_the_kernel_says() {
        let said = std::fs::read_to_string("/proc/meminfo").unwrap();
        let total = said.lines().find_map(|line| line.strip_prefix("MemTotal:")).unwrap();
        let total: usize = total.trim().trim_end_matches(" kB").parse().unwrap();
        let half = half_of_memory().unwrap();
        assert!(half > 0 && half <= total * 1024 / 2, "{half} of {total} kB");
    }
}
