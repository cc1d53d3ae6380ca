// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Base} from "./Base.sol";

/// What our transactions may cost: whole transactions (21,000, calldata and cold access included) at steady state, for one work.
/// `scripts/lib/gas.ts` reads what `_measured` logs; `contracts/snapshots/gas.json` holds what they cost today.
/// A new row: a constant here, `_measured("row", works, CONSTANT)` in a test contract named `Gas…`, and a line in `scripts/bench/gas.ts`.
abstract contract GasBounds is Base {
    uint256 internal constant MINT_FRESH = 110_000;
    uint256 internal constant MINT_REPEAT = 93_000;
    uint256 internal constant EDITION_10 = 13_000;
    uint256 internal constant EDITION_100 = 3_000;
    uint256 internal constant EVOLVE_FIRST = 125_000;
    uint256 internal constant EVOLVE_LATER = 71_000;
    uint256 internal constant PASS_BUY = 88_000;
    uint256 internal constant TILL_ETH = 24_000;

    /// forge prints this as `gas <row>: <value>`.
    event log_named_uint(string key, uint256 value);

    /// Right after the transaction. `works` is what it made; the figure is for one of them, rounded up.
    function _measured(string memory row, uint256 works, uint256 bound) internal {
        uint256 used = (vm.lastCallGas().gasTotalUsed + works - 1) / works;
        emit log_named_uint(string.concat("gas ", row), used);
        vm.assertLe(used, bound, row);
    }
}
