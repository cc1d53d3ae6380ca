// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {ERC721} from "solady/tokens/ERC721.sol";
import {Encode} from "../src/lib/Encode.sol";
import {Records} from "../src/lib/Records.sol";
import {WorkEvolution} from "../src/WorkEvolution.sol";
import {Vm} from "./Base.sol";
import {EvolutionFixture, Step} from "./EvolutionFixture.sol";
import {Work} from "./Fixture.sol";

/// A token of three steps: what it shows, what can be proved of it, and what its logs tell.
contract PinTest is EvolutionFixture {
    Work private first;
    uint256 private token;
    Step private a;
    Step private b;
    Step private c;

    function setUp() public override {
        super.setUp();
        (first, token) = _mintDynamic(1, _anyone());
        a = _firstStep(2, first, token);
        collection.evolveFirst(_record(first), _request(a));
        b = _nextStep(3, a);
        collection.evolve(_request(b));
        c = _nextStep(4, b);
        collection.evolve(_request(c));
    }

    function testTheUriFollowsHeadPinAndUndo() public {
        _shows(_metadataOf(c));
        _pin(0, new bytes[](0));
        _shows(bytes32(token));
        vm.assertEq(collection.pinOf(token), bytes32(token));
        _pin(b.previous, _records(b, c));
        _shows(_metadataOf(b));
        _pin(c.previous, _records(c));
        _shows(_metadataOf(c));
        _pin(a.previous, _all());
        _shows(_metadataOf(a));
        vm.prank(collector);
        collection.unpin(token);
        _shows(_metadataOf(c));
        vm.assertEq(collection.pinOf(token), 0);
        vm.assertEq(collection.headOf(token), _metadataOf(c));
    }

    function testAPinStaysWhenTheHeadMoves() public {
        _pin(0, new bytes[](0));
        Step memory d = _nextStep(5, c);
        collection.evolve(_request(d));
        _shows(bytes32(token));
        vm.prank(collector);
        collection.unpin(token);
        _shows(_metadataOf(d));
    }

    function testFuzzOnlyTheHolderPins(address who) public {
        // Nobody sends from the zero address, and Solady reads it as "no check asked for".
        vm.assume(who != collector && who != address(0));
        vm.prank(who);
        vm.expectRevert(ERC721.NotOwnerNorApproved.selector);
        collection.pin(token, 0, new bytes[](0));
        vm.prank(who);
        vm.expectRevert(ERC721.NotOwnerNorApproved.selector);
        collection.unpin(token);
    }

    function testWhatIsNotInTheChainIsNotPinned() public {
        _pinRefused(a.previous, _records(a)); // does not reach the head
        _pinRefused(b.previous, _records(b)); // neither
        _pinRefused(a.previous, _records(a, c)); // leaves one out
        _pinRefused(b.previous, _records(c, b)); // the wrong way round
        _pinRefused(a.previous, _records(c)); // behind another than it stands
        Step memory stranger = _nextStep(9, c);
        _pinRefused(stranger.previous, _records(stranger));
    }

    function testAWalkIsVerifiedFromAnyStepToTheHead() public view {
        vm.assertTrue(collection.verifyRecord(token, _record(first)));
        vm.assertTrue(collection.verifySteps(token, a.previous, _all()));
        vm.assertTrue(collection.verifySteps(token, b.previous, _records(b, c)));
        vm.assertTrue(collection.verifySteps(token, c.previous, _records(c)));
        vm.assertFalse(collection.verifySteps(token, b.previous, _records(b)));
        vm.assertFalse(collection.verifySteps(token, a.previous, _records(a, c)));
        vm.assertFalse(collection.verifySteps(token, c.previous, _records(c, b)));
        vm.assertFalse(collection.verifySteps(token, b.previous, _records(c)));
        vm.assertFalse(collection.verifySteps(token, 0, new bytes[](0)));
        vm.assertFalse(collection.verifySteps(token + 1, c.previous, _records(c)));
    }

    function testFuzzAChangedRecordIsNoStep(uint16 place, uint8 bit) public {
        bytes[] memory records = _records(b, c);
        bytes memory changed = records[place % 2];
        changed[place / 2 % changed.length] ^= bytes1(uint8(1) << (bit % 8));
        try collection.verifySteps(token, b.previous, records) returns (bool verified) {
            vm.assertFalse(verified);
        } catch {}
    }

    /// ERC-4906 where the metadata changed, and never on a mint.
    function testMetadataUpdatesAreAnnouncedWhereTheyHappen() public {
        vm.recordLogs();
        collection.mint(_packed(_work(20)));
        vm.assertEq(_updates(vm.getRecordedLogs()), 0);
        vm.recordLogs();
        collection.evolve(_request(_nextStep(5, c)));
        vm.assertEq(_updates(vm.getRecordedLogs()), 1);
        vm.recordLogs();
        _pin(0, new bytes[](0));
        vm.prank(collector);
        collection.unpin(token);
        vm.assertEq(_updates(vm.getRecordedLogs()), 2);
    }

    /// From `AigcData` and `Evolved` alone, without a call: the metadata of every step.
    function testTheHistoryIsRebuiltFromLogs() public {
        vm.recordLogs();
        (Work memory origin, uint256 id) = _mintDynamic(30, _anyone());
        Step memory one = _firstStep(31, origin, id);
        collection.evolveFirst(_record(origin), _request(one));
        collection.evolve(_request(_nextStep(32, one)));
        Vm.Log[] memory logs = vm.getRecordedLogs();
        bytes32 head = bytes32(id);
        uint256 steps;
        for (uint256 i; i < logs.length; ++i) {
            if (logs[i].topics[0] != WorkEvolution.Evolved.selector) continue;
            vm.assertEq(uint256(logs[i].topics[1]), id);
            bytes memory record = abi.decode(logs[i].data, (bytes));
            head = sha256(bytes(collection.renderStep(id, head, record)));
            ++steps;
        }
        vm.assertEq(steps, 2);
        vm.assertEq(head, collection.headOf(id));
        vm.assertEq(collection.tokenURI(id), string.concat("ipfs://", string(Encode.cid(0x55, head))));
    }

    function testABurnedTokenHasNoHistory() public {
        vm.prank(collector);
        collection.burn(token);
        vm.assertFalse(collection.verifySteps(token, c.previous, _records(c)));
        vm.assertEq(collection.headOf(token), bytes32(token));
        vm.expectRevert(ERC721.TokenDoesNotExist.selector);
        collection.pin(token, 0, new bytes[](0));
    }

    function testAFirstRecordIsNoStep() public {
        bytes[] memory records = new bytes[](1);
        records[0] = _record(first);
        vm.expectRevert(Records.BadRecord.selector);
        collection.verifySteps(token, 0, records);
    }

    function _all() private view returns (bytes[] memory records) {
        records = new bytes[](3);
        (records[0], records[1], records[2]) = (_stepRecord(a), _stepRecord(b), _stepRecord(c));
    }

    function _pin(bytes32 previous, bytes[] memory records) private {
        vm.prank(collector);
        collection.pin(token, previous, records);
    }

    function _pinRefused(bytes32 previous, bytes[] memory records) private {
        vm.prank(collector);
        vm.expectRevert(WorkEvolution.NotInTheChain.selector);
        collection.pin(token, previous, records);
    }

    function _shows(bytes32 metadata) private view {
        vm.assertEq(collection.tokenURI(token), string.concat("ipfs://", string(Encode.cid(0x55, metadata))));
    }

    function _updates(Vm.Log[] memory logs) private pure returns (uint256 count) {
        for (uint256 i; i < logs.length; ++i) {
            if (logs[i].topics[0] == WorkEvolution.MetadataUpdate.selector) ++count;
        }
    }
}
