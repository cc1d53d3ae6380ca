// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Batch, SaleTerms} from "../src/DropTypes.sol";
import {DropFixture} from "./DropFixture.sol";

/// Whole-transaction gas (21,000, calldata and cold access included) at steady state: two mints have been made.
contract DropGasTest is DropFixture {
    /// Read it with `npm run contracts:test -- --match-contract DropGasTest -vvvv`.
    event GasUsed(uint256 gas);

    function testOneWorkToAFreshOwner() public {
        _sellSome();
        _mint(vm.addr(3), 1);
        _within(80_000);
    }

    function testOneWorkToARepeatOwner() public {
        _sellSome();
        _mint(vm.addr(2), 1);
        _within(63_000);
    }

    /// The goal is 13,000 a work.
    function testTenWorksToARepeatOwner() public {
        _sellSome();
        _mint(vm.addr(2), 10);
        _within(80_500);
    }

    /// The goal is 3,000 a work.
    function testAHundredWorksToARepeatOwner() public {
        _sellSome();
        _mint(vm.addr(2), 100);
        _within(254_000);
    }

    function testACommit() public {
        Batch memory batch = _batch();
        bytes memory signature = _signatureOf(batch);
        SaleTerms memory terms = _saleTerms();
        vm.prank(creator);
        drop.commit(batch, _revealHash(), terms, signature);
        _within(167_000);
    }

    function testAReveal() public {
        _sellSome();
        vm.warp(CLOSES);
        drop.reveal(SALT, DIRECTORY);
        _within(58_000);
    }

    function testARefund() public {
        _sellSome();
        vm.warp(uint256(CLOSES) + 30 days);
        uint256[] memory ids = new uint256[](1);
        vm.prank(vm.addr(1));
        drop.refund(ids);
        _within(102_000);
    }

    function testADrop() public {
        _createDrop("another");
        _within(236_000);
    }

    function _sellSome() private {
        _open();
        _mint(vm.addr(1), 2);
        _mint(vm.addr(2), 2);
    }

    function _within(uint256 limit) private {
        uint256 used = vm.lastCallGas().gasTotalUsed;
        emit GasUsed(used);
        vm.assertLe(used, limit, "gas");
    }
}
