// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Till} from "../src/Till.sol";
import {Fixture, Work} from "./Fixture.sol";

/// Whole-transaction gas (21,000, calldata and cold access included) at steady state: two tokens exist already.
contract GasTest is Fixture {
    function setUp() public override {
        super.setUp();
        for (uint256 n = 100; n < 102; ++n) {
            Work memory work = _work(n);
            work.to = vm.addr(n);
            _sign(work);
            collection.mint(_packed(work));
        }
    }

    function testMintToAFreshOwnerStaysBelow126000() public {
        Work memory work = _work(1);
        vm.assertEq(bytes(work.params).length, 120);
        vm.assertEq(bytes(work.label).length, 24);
        collection.mint(_packed(work));
        _within(126_000);
    }

    function testMintToARepeatOwnerStaysBelow109000() public {
        collection.mint(_packed(_work(1)));
        Work memory work = _work(2);
        collection.mint(_packed(work));
        _within(109_000);
    }

    function testDepositStaysBelow24000() public {
        Till till = new Till(platformOwner);
        till.deposit{value: 0.05 ether}(keccak256("another"));
        till.deposit{value: 0.05 ether}(keccak256("account"));
        _within(24_000);
    }

    /// Read it with `npm run contracts:test -- --match-contract GasTest -vvvv`.
    event GasUsed(uint256 gas);

    function _within(uint256 limit) private {
        uint256 used = vm.lastCallGas().gasTotalUsed;
        emit GasUsed(used);
        vm.assertLe(used, limit, "gas");
    }
}
