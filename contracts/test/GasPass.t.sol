// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {PassFixture} from "./PassFixture.sol";
import {GasBounds} from "./GasBounds.sol";

/// Steady state: passes were sold before, in this span too.
contract GasPassTest is PassFixture, GasBounds {
    function setUp() public override {
        super.setUp();
        passes.buy{value: PRICE}(MOVABLE, address(this));
        passes.buy{value: PRICE}(MOVABLE, address(this));
        vm.warp(NOW + 60);
    }

    function testABuyByAFreshOwner() public {
        _buy(MOVABLE);
        _measured("pass.buy", 1, PASS_BUY);
    }

    function testABuyByARepeatOwner() public {
        passes.buy{value: PRICE}(MOVABLE, address(this));
        _measured("pass.repeat", 1, 71_000);
    }

    function testAGift() public {
        passes.buy{value: PRICE}(MOVABLE, other);
        _measured("pass.gift", 1, 110_000);
    }

    function testARenewal() public {
        vm.warp(NOW + WINDOW + 1);
        passes.renewSubscription{value: PRICE}(FIRST, uint64(MONTH));
        _measured("pass.renew", 1, 40_000);
    }

    function testARefund() public {
        _refund(_buy(MOVABLE), collector);
        _measured("pass.refund", 1, 73_000);
    }
}
