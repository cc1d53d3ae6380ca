// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Batch, SaleTerms} from "../src/DropTypes.sol";
import {DropFixture} from "./DropFixture.sol";
import {GasBounds} from "./GasBounds.sol";

/// Steady state: two mints have been made.
contract GasDropTest is DropFixture, GasBounds {
    function testOneWorkToAFreshOwner() public {
        _sellSome();
        _mint(vm.addr(3), 1);
        _measured("drop.fresh", 1, 80_000);
    }

    function testOneWorkToARepeatOwner() public {
        _sellSome();
        _mint(vm.addr(2), 1);
        _measured("drop.repeat", 1, 63_000);
    }

    function testTenWorksToARepeatOwner() public {
        _sellSome();
        _mint(vm.addr(2), 10);
        _measured("edition.10", 10, EDITION_10);
    }

    function testAHundredWorksToARepeatOwner() public {
        _sellSome();
        _mint(vm.addr(2), 100);
        _measured("edition.100", 100, EDITION_100);
    }

    function testACommit() public {
        Batch memory batch = _batch();
        bytes memory signature = _signatureOf(batch);
        SaleTerms memory terms = _saleTerms();
        vm.prank(creator);
        drop.commit(batch, _revealHash(), terms, signature);
        _measured("drop.commit", 1, 167_000);
    }

    function testAReveal() public {
        _sellSome();
        vm.warp(CLOSES);
        drop.reveal(SALT, DIRECTORY);
        _measured("drop.reveal", 1, 58_000);
    }

    function testARefund() public {
        _sellSome();
        vm.warp(uint256(CLOSES) + 30 days);
        uint256[] memory ids = new uint256[](1);
        vm.prank(vm.addr(1));
        drop.refund(ids);
        _measured("drop.refund", 1, 102_000);
    }

    function testADrop() public {
        _createDrop("another");
        _measured("drop.create", 1, 236_000);
    }

    function _sellSome() private {
        _open();
        _mint(vm.addr(1), 2);
        _mint(vm.addr(2), 2);
    }
}
