//! Members in the order of their keys, one a key: what two devices put in in
//! any order is the same value and the same bytes.

use alloc::vec::Vec;

use alloc::string::String;
use zeroize::Zeroize;

/// What has a key.
pub trait Keyed {
    /// The key's type.
    type Key: Ord + ?Sized;

    /// Its key.
    fn key(&self) -> &Self::Key;
}

impl Keyed for String {
    type Key = str;

    fn key(&self) -> &str {
        self
    }
}

/// Members in the order of their keys, one a key.
#[derive(PartialEq, Eq)]
pub struct Sorted<T>(Vec<T>);

/// Members that are not in order, or two of one key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the members are not in ascending order")]
pub struct NotSorted;

impl<T> Default for Sorted<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Zeroize> Zeroize for Sorted<T> {
    fn zeroize(&mut self) {
        self.0.zeroize();
    }
}

impl<T: Keyed> Sorted<T> {
    /// Takes members that are in order already.
    ///
    /// # Errors
    /// [`NotSorted`].
    pub fn parse(members: Vec<T>) -> Result<Self, NotSorted> {
        if members.is_sorted_by(|one, next| one.key() < next.key()) {
            Ok(Self(members))
        } else {
            Err(NotSorted)
        }
    }

    /// Takes a member in; the one of its key that it takes the place of.
    pub fn put(&mut self, member: T) -> Option<T> {
        match self.place(member.key()) {
            Ok(at) => self
                .0
                .get_mut(at)
                .map(|known| core::mem::replace(known, member)),
            Err(at) => {
                self.0.insert(at, member);
                None
            }
        }
    }

    /// Takes the member of that key out.
    pub fn take(&mut self, key: &T::Key) -> Option<T> {
        self.place(key).ok().map(|at| self.0.remove(at))
    }

    /// The member of that key.
    #[must_use]
    pub fn find(&self, key: &T::Key) -> Option<&T> {
        self.0.get(self.place(key).ok()?)
    }

    /// Whether there is one of that key.
    #[must_use]
    pub fn holds(&self, key: &T::Key) -> bool {
        self.place(key).is_ok()
    }

    fn place(&self, key: &T::Key) -> Result<usize, usize> {
        self.0.binary_search_by(|member| member.key().cmp(key))
    }

    /// A second one; `copy` makes each member's.
    pub(in crate::vault) fn copied(&self, copy: impl FnMut(&T) -> T) -> Self {
        Self(self.0.iter().map(copy).collect())
    }
}

impl<T> Sorted<T> {
    /// The members, the least key first.
    pub fn iter(&self) -> core::slice::Iter<'_, T> {
        self.0.iter()
    }

    /// How many there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<'a, T> IntoIterator for &'a Sorted<T> {
    type Item = &'a T;
    type IntoIter = core::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T: Keyed> FromIterator<T> for Sorted<T> {
    fn from_iter<I: IntoIterator<Item = T>>(members: I) -> Self {
        let mut sorted = Self::default();
        for member in members {
            sorted.put(member);
        }
        sorted
    }
}
