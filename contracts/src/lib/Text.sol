// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// Where the next byte of a growing text goes. The text stands in free memory, so nothing may be allocated before `close`.
type End is uint256;

using {Text.put, Text.copy, Text.copyArguments, Text.repeat} for End global;

/// The one place with assembly for rendering: every piece of the metadata is written once, where it will stay.
library Text {
    function open() internal pure returns (End start) {
        assembly {
            start := add(mload(0x40), 0x20)
        }
    }

    /// @return text everything between `start` and `end`, now allocated
    function close(End start, End end) internal pure returns (bytes memory text) {
        assembly {
            text := sub(start, 0x20)
            mstore(text, sub(end, start))
            mstore(0x40, and(add(end, 0x1f), not(0x1f)))
        }
    }

    /// The first `size` bytes of `piece`. Up to 32 bytes past `end` are overwritten: more text comes, or memory that is free.
    function put(End end, bytes32 piece, uint256 size) internal pure returns (End next) {
        assembly {
            mstore(end, piece)
            next := add(end, size)
        }
    }

    function copy(End end, bytes calldata piece) internal pure returns (End next) {
        assembly {
            calldatacopy(end, piece.offset, piece.length)
            next := add(end, piece.length)
        }
    }

    /// The immutable arguments of the clone we are: what stands behind the 45 bytes of the proxy's code.
    function copyArguments(End end) internal view returns (End next) {
        assembly {
            let size := sub(extcodesize(address()), 0x2d)
            extcodecopy(address(), end, 0x2d, size)
            next := add(end, size)
        }
    }

    /// `size` bytes that were written before, at `from`.
    function repeat(End end, End from, uint256 size) internal pure returns (End next) {
        assembly {
            mcopy(end, from, size)
            next := add(end, size)
        }
    }
}
