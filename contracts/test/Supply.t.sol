// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Supply} from "../src/lib/Supply.sol";
import {Bounds, Version} from "../src/Types.sol";
import {WorkCollection} from "../src/WorkCollection.sol";
import {Fixture, Work} from "./Fixture.sol";

/// Mints, repeats, cap changes and transfers in any order.
contract CollectionHandler is Fixture {
    uint256[] public ids;
    uint256 private next;

    constructor() {
        Fixture.setUp();
    }

    /// Not a second time: the fuzzer calls whatever is public.
    function setUp() public override {}

    function collectionAddress() external view returns (WorkCollection) {
        return collection;
    }

    function count() external view returns (uint256) {
        return ids.length;
    }

    function recordOf(uint256 i) external view returns (bytes memory) {
        return _record(_work(i));
    }

    function mint() external {
        Version memory version = collection.versionOf(VERSION);
        Work memory work = _work(next);
        if (version.minted >= version.cap) {
            _expectRefused(work, Supply.CapReached.selector);
        } else {
            ids.push(collection.mint(_packed(work)));
            ++next;
        }
    }

    function mintAgain(uint256 which) external {
        if (next == 0) return;
        Work memory work = _work(which % next);
        vm.expectRevert();
        collection.mint(_packed(work));
    }

    function lowerCap(uint24 cap) external {
        Version memory version = collection.versionOf(VERSION);
        if (version.minted == 0) return;
        // Close to the supply, so that the cap is met.
        cap = version.minted + cap % 8;
        if (cap > version.cap) return;
        vm.prank(creator);
        collection.setBounds(VERSION, Bounds(cap, 0, 0, 0));
    }

    function transfer(uint256 which, uint160 to) external {
        if (ids.length == 0 || to == 0) return;
        uint256 id = ids[which % ids.length];
        address owner = collection.ownerOf(id);
        vm.prank(owner);
        collection.transferFrom(owner, address(to), id);
    }
}

contract SupplyInvariantTest is Fixture {
    CollectionHandler private handler;

    function setUp() public override {
        handler = new CollectionHandler();
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    function invariantSupplyStaysBelowTheCap() public view {
        Version memory version = handler.collectionAddress().versionOf(VERSION);
        vm.assertTrue(version.minted <= version.cap);
        vm.assertEq(version.minted, handler.count());
    }

    function invariantEveryTokenIsItsRecord() public view {
        uint256 count = handler.count();
        for (uint256 i = count > 4 ? count - 4 : 0; i < count; ++i) {
            vm.assertTrue(handler.collectionAddress().verifyRecord(handler.ids(i), handler.recordOf(i)));
        }
    }
}
