// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {MintRequest} from "../src/Types.sol";
import {Till} from "../src/Till.sol";
import {Fixture} from "./Fixture.sol";

/// Whole-transaction gas (21,000, calldata and cold access included) at steady state: two tokens exist already.
contract GasTest is Fixture {
    function setUp() public override {
        super.setUp();
        for (uint256 n = 100; n < 102; ++n) {
            MintRequest memory request = _request(n);
            request.to = vm.addr(n);
            _sign(request);
            collection.mint(request);
        }
    }

    function testMintToAFreshOwnerStaysBelow126000() public {
        MintRequest memory request = _request(1);
        vm.assertEq(bytes(request.params).length, 120);
        vm.assertEq(bytes(request.label).length, 24);
        collection.mint(request);
        _within(126_000);
    }

    function testMintToARepeatOwnerStaysBelow109000() public {
        collection.mint(_request(1));
        MintRequest memory request = _request(2);
        collection.mint(request);
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
