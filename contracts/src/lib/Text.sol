// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

/// Where the next byte of a growing text goes. The text stands in free memory, so nothing may be allocated before `close`.
type End is uint256;

using {Text.put, Text.skip, Text.putShort, Text.copy} for End global;

/// The one place with assembly for rendering: every piece of the metadata is written once, where it will stay.
library Text {
    /// Where a text begins.
    function start() internal pure returns (End begin) {
        assembly {
            begin := add(mload(0x40), 0x20)
        }
    }

    /// @return text everything up to `end`, now allocated
    function close(End end) internal pure returns (bytes memory text) {
        assembly {
            text := mload(0x40)
            mstore(text, sub(end, add(text, 0x20)))
            mstore(0x40, and(add(end, 0x1f), not(0x1f)))
        }
    }

    /// sha-256 of everything up to `end`, which stays free memory.
    function sha2(End end) internal view returns (bytes32 digest) {
        assembly {
            let begin := add(mload(0x40), 0x20)
            // The precompile fails only for want of gas.
            if iszero(staticcall(gas(), 2, begin, sub(end, begin), 0x00, 0x20)) { revert(0, 0) }
            digest := mload(0x00)
        }
    }

    /// The first `size` bytes of `piece`. Up to 32 bytes past `end` are overwritten: more text comes, or memory that is free.
    function put(End end, bytes32 piece, uint256 size) internal pure returns (End next) {
        assembly {
            mstore(end, piece)
            next := add(end, size)
        }
    }

    /// Leaves room.
    function skip(End end, uint256 size) internal pure returns (End next) {
        assembly {
            next := add(end, size)
        }
    }

    /// A piece that has its size in its last byte.
    function putShort(End end, bytes32 piece) internal pure returns (End next) {
        assembly {
            mstore(end, piece)
            next := add(end, and(piece, 0xff))
        }
    }

    function copy(End end, bytes calldata piece) internal pure returns (End next) {
        assembly {
            calldatacopy(end, piece.offset, piece.length)
            next := add(end, piece.length)
        }
    }
}
