// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// The plain twin of the tree: level by level in memory, with `abi.encode` and comparisons only.
library DropTree {
    function root(bytes32[] memory receipts) internal pure returns (bytes32) {
        bytes32[] memory level = leaves(receipts);
        while (level.length > 1) level = above(level);
        return level[0];
    }

    function proof(bytes32[] memory receipts, uint256 position) internal pure returns (bytes32[] memory siblings) {
        bytes32[] memory level = leaves(receipts);
        bytes32[] memory found = new bytes32[](256);
        uint256 count;
        while (level.length > 1) {
            uint256 sibling = position % 2 == 0 ? position + 1 : position - 1;
            if (sibling < level.length) found[count++] = level[sibling];
            position /= 2;
            level = above(level);
        }
        siblings = new bytes32[](count);
        for (uint256 i; i < count; ++i) {
            siblings[i] = found[i];
        }
    }

    function leaves(bytes32[] memory receipts) internal pure returns (bytes32[] memory level) {
        level = new bytes32[](receipts.length);
        for (uint256 i; i < level.length; ++i) {
            level[i] = keccak256(abi.encode(keccak256(abi.encode(i, receipts[i]))));
        }
    }

    function above(bytes32[] memory level) internal pure returns (bytes32[] memory parents) {
        parents = new bytes32[]((level.length + 1) / 2);
        for (uint256 i; i < level.length; i += 2) {
            parents[i / 2] = i + 1 < level.length ? pair(level[i], level[i + 1]) : level[i];
        }
    }

    function pair(bytes32 a, bytes32 b) internal pure returns (bytes32) {
        return a < b ? keccak256(abi.encode(a, b)) : keccak256(abi.encode(b, a));
    }
}
