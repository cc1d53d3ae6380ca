// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {EvolveRequest, MintRequest} from "../Types.sol";

/// The `bytes` of a request, without the bounds that Solidity checks each time. An offset or a length that points elsewhere in calldata,
/// or behind its end, only reads other bytes: whatever is read is what the signatures are checked against, and what is logged.
library Tails {
    /// @param place of the field in the struct, counted from 0
    function tail(MintRequest calldata request, uint256 place) internal pure returns (bytes calldata field) {
        assembly {
            let at := add(request, calldataload(add(request, shl(5, place))))
            field.length := calldataload(at)
            field.offset := add(at, 0x20)
        }
    }

    function tail(EvolveRequest calldata request, uint256 place) internal pure returns (bytes calldata field) {
        assembly {
            let at := add(request, calldataload(add(request, shl(5, place))))
            field.length := calldataload(at)
            field.offset := add(at, 0x20)
        }
    }
}
