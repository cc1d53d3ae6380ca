// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {PassFixture} from "./PassFixture.sol";

/// Whole-transaction gas (21,000, calldata and cold access included) at steady state: passes were sold before, in this span too.
contract PassGasTest is PassFixture {
    function setUp() public override {
        super.setUp();
        passes.buy{value: PRICE}(MOVABLE, address(this));
        passes.buy{value: PRICE}(MOVABLE, address(this));
        vm.warp(NOW + 60);
    }

    function testABuyByAFreshOwnerStaysBelow88000() public {
        _buy(MOVABLE);
        _within(88_000);
    }

    function testABuyByARepeatOwnerStaysBelow71000() public {
        passes.buy{value: PRICE}(MOVABLE, address(this));
        _within(71_000);
    }

    function testAGiftStaysBelow110000() public {
        passes.buy{value: PRICE}(MOVABLE, other);
        _within(110_000);
    }

    function testARenewalStaysBelow40000() public {
        vm.warp(NOW + WINDOW + 1);
        passes.renewSubscription{value: PRICE}(FIRST, uint64(MONTH));
        _within(40_000);
    }

    function testARefundStaysBelow73000() public {
        _refund(_buy(MOVABLE), collector);
        _within(73_000);
    }

    /// Read it with `npm run contracts:test -- --match-contract PassGas -vvvv`.
    event GasUsed(uint256 gas);

    function _within(uint256 limit) private {
        uint256 used = vm.lastCallGas().gasTotalUsed;
        emit GasUsed(used);
        vm.assertLe(used, limit, "gas");
    }
}
