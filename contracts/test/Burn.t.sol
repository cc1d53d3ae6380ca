// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {ERC721} from "solady/tokens/ERC721.sol";
import {WorkCollection} from "../src/WorkCollection.sol";
import {Fixture, Work} from "./Fixture.sol";

/// A token that is gone stays gone.
contract BurnTest is Fixture {
    function testABurnedWorkIsNeverMintedAgain() public {
        (Work memory work, uint256 id) = _mintAndBurn();
        bytes memory why = abi.encodeWithSelector(WorkCollection.AlreadyMinted.selector, id);
        _expectRefused(work, why);
        work.to = creator;
        work.deadline += 60;
        _sign(work); // a fresh voucher does not help
        _expectRefused(work, why);
    }

    function testTheSupplyStaysUsedAndTheTokenIsNobodys() public {
        (Work memory work, uint256 id) = _mintAndBurn();
        vm.assertEq(collection.versionOf(VERSION).minted, 1);
        vm.assertEq(collection.balanceOf(collector), 0);
        vm.assertFalse(collection.verifyRecord(id, _record(work)));
        vm.expectRevert(ERC721.TokenDoesNotExist.selector);
        collection.tokenURI(id);
        vm.expectRevert(ERC721.TokenDoesNotExist.selector);
        collection.ownerOf(id);
    }

    function testFuzzOnlyTheHolderBurns(address who) public {
        // Nobody sends from the zero address, and Solady reads it as "no check asked for".
        vm.assume(who != collector && who != address(0));
        uint256 id = collection.mint(_packed(_work(1)));
        vm.prank(who);
        vm.expectRevert(ERC721.NotOwnerNorApproved.selector);
        collection.burn(id);
        vm.prank(collector);
        collection.approve(who, id);
        vm.prank(who);
        collection.burn(id);
    }

    function _mintAndBurn() private returns (Work memory work, uint256 id) {
        work = _work(1);
        id = collection.mint(_packed(work));
        vm.prank(collector);
        collection.burn(id);
    }
}
