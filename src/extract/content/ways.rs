//! How each region stands to the page's main region: what both lie in, and where the way to it branches off.

use super::regions::Regions;

/// The way from a region to the main region.
#[derive(Clone, Copy, Debug)]
pub struct Way {
    /// The main region.
    pub main: u32,
    /// The deepest region that holds both.
    pub common: u32,
    /// The region right below the common one in which it lies; itself if it is the common one.
    pub branch: u32,
    /// The lowest that class words say of one element below the common one.
    pub lowest: i32,
}

/// Finds the way from every region to the region that holds `share` hundredths of the running text.
pub fn find(regions: &Regions, share: u32, ways: &mut Vec<Way>) {
    let main = regions.main(share);
    ways.clear();
    for (index, region) in (0..).zip(&regions.list) {
        let parent = region.parent;
        let (common, branch) = if regions.contains(index, main) {
            (index, index)
        } else if regions.contains(main, index) {
            (main, if parent == main { index } else { ways[parent as usize].branch })
        } else {
            let above: Way = ways[parent as usize];
            (above.common, if parent == above.common { index } else { above.branch })
        };
        let lowest = if index == common { 0 } else { ways[parent as usize].lowest.min(region.path.own) };
        ways.push(Way { main, common, branch, lowest });
    }
}
