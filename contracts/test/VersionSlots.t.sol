// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Supply} from "../src/lib/Supply.sol";
import {VersionSlot, VersionSlots} from "../src/lib/VersionSlots.sol";
import {Version} from "../src/Types.sol";
import {Base} from "./Base.sol";

/// What the slot functions read and write is what Solidity reads and writes of the struct.
contract VersionSlotsTest is Base {
    using VersionSlots for Version;

    Version private version;

    function testFuzzASlotReadsAsTheStruct(Version memory given) public {
        version = given;
        VersionSlot slot = version.get();
        vm.assertEq(slot.signer(), given.signer);
        vm.assertEq(slot.revokedAt(), given.revokedAt);
        vm.assertTrue(slot.hasSale() == given.hasSale);
    }

    function testFuzzOneMoreIsOneMoreOfTheStruct(Version memory given) public {
        version = given;
        if (given.minted >= given.cap) {
            vm.expectRevert(Supply.CapReached.selector);
            this.takeOne();
            return;
        }
        this.takeOne();
        given.minted += 1;
        vm.assertEq(abi.encode(version), abi.encode(given));
    }

    function takeOne() external {
        version.put(version.get().withOneMore());
    }
}
