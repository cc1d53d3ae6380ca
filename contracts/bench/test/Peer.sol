// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Base} from "./Base.sol";

/// Whole-transaction gas at steady state: every test mints to two other owners first, and measures the third mint.
/// Whoever gets the token sends the transaction, where the contract allows it.
abstract contract Peer is Base {
    /// As long as ours: `ipfs://` and a CIDv1 of 59 characters.
    string internal constant URI = "ipfs://bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy";
    address internal constant FIRST = address(0xF1);
    address internal constant SECOND = address(0xF2);

    address internal collector = vm.addr(0xC011EC7);

    /// forge prints this as `gas <what>: <value>`.
    event log_named_uint(string key, uint256 value);

    /// Right after the transaction. `works` is what it made; the figure is for one of them, rounded up.
    function _measured(string memory what, uint256 works) internal {
        uint256 used = vm.lastCallGas().gasTotalUsed;
        emit log_named_uint(string.concat("gas ", what), (used + works - 1) / works);
    }
}
