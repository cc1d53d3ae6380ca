// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {ERC721} from "solady/tokens/ERC721.sol";
import {EvolveTerms} from "../src/lib/EvolveTerms.sol";
import {Records} from "../src/lib/Records.sol";
import {Receipt} from "../src/Types.sol";
import {WorkCollection} from "../src/WorkCollection.sol";
import {WorkEvolution} from "../src/WorkEvolution.sol";
import {WorkVersions} from "../src/WorkVersions.sol";
import {EvolutionFixture, Step} from "./EvolutionFixture.sol";
import {Work} from "./Fixture.sol";

/// Allows what it is told to expect, refuses the rest, or reverts.
contract Rule {
    bytes32 public expected;
    bool public broken;

    error Broken();

    function expectFrom(address sender, uint256 token, bytes32 previous, Receipt calldata receipt) external {
        expected = keccak256(abi.encode(sender, token, previous, receipt));
    }

    function breakDown() external {
        broken = true;
    }

    function allows(uint256 token, bytes32 previous, Receipt calldata receipt) external view returns (bool) {
        if (broken) revert Broken();
        return keccak256(abi.encode(msg.sender, token, previous, receipt)) == expected;
    }
}

contract EvolutionTest is EvolutionFixture {
    Work private first;
    uint256 private token;

    function setUp() public override {
        super.setUp();
        (first, token) = _mintDynamic(1, _anyone());
    }

    // ---------------------------------------------------------------- the first step

    function testTheFirstStepShowsTheFirstRecord() public {
        Step memory step = _firstStep(2, first, token);
        bytes32 metadata = collection.evolveFirst(_record(first), _request(step));
        vm.assertEq(metadata, _metadataOf(step));
        vm.assertEq(collection.headOf(token), metadata);
    }

    function testWithoutTheFirstRecordNoStepIsTaken() public {
        _expectRefused(_firstStep(2, first, token), WorkEvolution.NotTheHead.selector);
    }

    function testAnotherFirstRecordIsRefused() public {
        Work memory other = _dynamic(9, _anyone());
        Step memory step = _firstStep(2, other, token);
        _expectFirstRefused(other, step, WorkEvolution.NotTheFirstRecord.selector);
    }

    /// The record of another token, shown for the right one, and the other way round.
    function testTheRecordOfAnotherTokenIsRefused() public {
        (Work memory other, uint256 otherToken) = _mintDynamic(9, _anyone());
        _expectFirstRefused(other, _firstStep(2, first, token), WorkEvolution.NotTheFirstRecord.selector);
        _expectFirstRefused(first, _firstStep(2, other, otherToken), WorkEvolution.NotTheFirstRecord.selector);
    }

    /// Longer terms in the shown record than in the minted one.
    function testFuzzTheFirstRecordsTermsAreTheMintedOnes(bytes29 terms) public {
        vm.assume(terms != first.evolve && terms != 0 && (terms[0] == 0x01 || terms[0] == 0x02));
        Work memory shown = first;
        shown.evolve = terms;
        _expectFirstRefused(shown, _firstStep(2, shown, token), WorkEvolution.NotTheFirstRecord.selector);
    }

    function testAFrozenTokenTakesNoStep() public {
        Work memory frozen = _work(5);
        uint256 id = collection.mint(_packed(frozen));
        _expectFirstRefused(frozen, _firstStep(2, frozen, id), WorkEvolution.Frozen.selector);
    }

    function testTheFirstStepIsTakenOnce() public {
        _evolve(2);
        _expectFirstRefused(first, _firstStep(3, first, token), WorkEvolution.NotTheFirstRecord.selector);
    }

    function testABurnedTokenTakesNoFirstStep() public {
        Step memory step = _firstStep(2, first, token);
        vm.prank(collector);
        collection.burn(token);
        _expectFirstRefused(first, step, WorkEvolution.NotTheFirstRecord.selector);
        _expectRefused(step, WorkEvolution.NotTheHead.selector);
    }

    /// A first step that fails leaves no head behind.
    function testARefusedFirstStepChangesNothing() public {
        Step memory step = _firstStep(2, first, token);
        step.work.voucherSignature[0] ^= 0x01;
        _expectFirstRefused(first, step, WorkEvolution.BadEvolutionSignature.selector);
        vm.assertEq(collection.headOf(token), bytes32(token));
        _evolve(2);
    }

    // ---------------------------------------------------------------- a chain

    function testStepsFollowOneAnother() public {
        Step memory step = _evolve(2);
        for (uint256 n = 3; n < 7; ++n) {
            Step memory next = _nextStep(n, step);
            vm.assertEq(next.previous, collection.headOf(token));
            bytes32 metadata = collection.evolve(_request(next));
            vm.assertEq(metadata, _metadataOf(next));
            vm.assertEq(collection.headOf(token), metadata);
            step = next;
        }
    }

    function testFuzzOnlyTheHeadsReceiptIsAParent(bytes32 parent) public {
        Step memory step = _nextStep(3, _evolve(2));
        vm.assume(parent != step.work.parent && parent != 0);
        step.work.parent = parent;
        _signStep(step);
        _expectRefused(step, WorkEvolution.NotTheHead.selector);
    }

    /// A branch from the first record, or from a step that is no longer the head.
    function testNothingIsAppendedBehindAnEarlierRecord() public {
        Step memory second = _evolve(2);
        Step memory branch = _nextStep(8, second);
        collection.evolve(_request(_nextStep(3, second)));
        _expectRefused(branch, WorkEvolution.NotTheHead.selector);
        _expectRefused(_firstStep(9, first, token), WorkEvolution.NotTheHead.selector);
    }

    function testAStepWithoutAParentIsRefused() public {
        Step memory step = _nextStep(3, _evolve(2));
        step.work.parent = 0;
        _signStep(step);
        _expectRefused(step, WorkEvolution.NotTheHead.selector);
    }

    function testFuzzOtherTermsThanTheFirstRecordsAreRefused(bytes29 terms) public {
        Step memory step = _nextStep(3, _evolve(2));
        vm.assume(terms != step.terms);
        step.terms = terms;
        _expectRefused(step, WorkEvolution.NotTheHead.selector);
    }

    // ---------------------------------------------------------------- terms

    function testFuzzUntilIsTheLastSecond(uint32 more, uint32 late) public {
        uint64 until = uint64(NOW) + more;
        (first, token) = _mintDynamic(10, _terms(EvolveTerms.BY_ANYONE, address(0), until));
        Step memory step = _firstStep(2, first, token);
        step.work.deadline = type(uint64).max;
        _signStep(step);
        vm.warp(uint256(until) + 1 + late);
        _expectFirstRefused(first, step, abi.encodeWithSelector(WorkEvolution.EvolveEnded.selector, until));
        vm.warp(until);
        collection.evolveFirst(_record(first), _request(step));
    }

    function testFuzzTheDeadlineIsTheLastSecond(uint32 late) public {
        Step memory step = _nextStep(3, _evolve(2));
        uint256 deadline = step.work.deadline;
        vm.warp(deadline + 1 + late);
        _expectRefused(step, abi.encodeWithSelector(WorkEvolution.DeadlinePassed.selector, deadline));
        vm.warp(deadline);
        collection.evolve(_request(step));
    }

    function testFuzzByAnyoneIsAnyone(address sender) public {
        Step memory step = _nextStep(3, _evolve(2));
        vm.prank(sender);
        collection.evolve(_request(step));
    }

    function testFuzzByHolderIsNobodyElse(address sender) public {
        // Nobody sends from the zero address, and Solady reads it as "no check asked for".
        vm.assume(sender != collector && sender != address(0));
        Step memory step = _ofHolder();
        vm.prank(sender);
        _expectFirstRefused(first, step, ERC721.NotOwnerNorApproved.selector);
    }

    function testTheHolderTheApprovedAndTheOperatorMayEvolve() public {
        Step memory step = _ofHolder();
        vm.prank(collector);
        collection.evolveFirst(_record(first), _request(step));
        (address approved, address operator) = (vm.addr(0xA), vm.addr(0xB));
        vm.prank(collector);
        collection.approve(approved, token);
        step = _nextStep(3, step);
        vm.prank(approved);
        collection.evolve(_request(step));
        vm.prank(collector);
        collection.setApprovalForAll(operator, true);
        step = _nextStep(4, step);
        vm.prank(operator);
        collection.evolve(_request(step));
    }

    function testTheFormerHolderMayNot() public {
        Step memory step = _ofHolder();
        vm.prank(collector);
        collection.transferFrom(collector, creator, token);
        vm.prank(collector);
        _expectFirstRefused(first, step, ERC721.NotOwnerNorApproved.selector);
    }

    function testARuleSeesTokenHeadAndReceiptAndDecides() public {
        (Rule rule, Step memory step) = _ruled();
        _expectFirstRefused(first, step, abi.encodeWithSelector(WorkEvolution.RuleRefused.selector, rule));
        rule.expectFrom(address(collection), token, bytes32(token), _receipt(step.work));
        collection.evolveFirst(_record(first), _request(step));
        Step memory next = _nextStep(3, step);
        _expectRefused(next, abi.encodeWithSelector(WorkEvolution.RuleRefused.selector, rule));
        rule.expectFrom(address(collection), token, _metadataOf(step), _receipt(next.work));
        collection.evolve(_request(next));
    }

    function testARuleThatRevertsRefuses() public {
        (Rule rule, Step memory step) = _ruled();
        rule.breakDown();
        _expectFirstRefused(first, step, Rule.Broken.selector);
    }

    function testARuleWithoutCodeRefuses() public {
        (first, token) = _mintDynamic(10, _terms(EvolveTerms.BY_ANYONE, vm.addr(0xDEAD), 0));
        Step memory step = _firstStep(2, first, token);
        vm.expectRevert();
        collection.evolveFirst(_record(first), _request(step));
    }

    // ---------------------------------------------------------------- one bit changed

    /// Every field of Receipt and Evolution; neither key signed the change.
    function testFuzzOneBitOfAStepChangedIsRefused(uint8 field, uint8 bit) public {
        Step memory step = _nextStep(3, _evolve(2));
        _flip(step, field % 13, bit);
        vm.expectRevert();
        collection.evolve(_request(step));
    }

    /// The receipt is the version key's to say, whatever the platform signs.
    function testFuzzThePlatformCannotChangeAStepsReceipt(uint8 field, uint8 bit) public {
        Step memory step = _nextStep(3, _evolve(2));
        _flip(step, field % 5, bit);
        _signEvolution(step);
        bytes memory why = step.work.version == VERSION
            ? abi.encodeWithSelector(WorkVersions.BadReceiptSignature.selector)
            : abi.encodeWithSelector(WorkVersions.UnknownVersion.selector, step.work.version);
        _expectRefused(step, why);
    }

    /// Label, traits, file and time of the run are the platform's to say; nothing is rendered before its signature is checked.
    function testFuzzTheVersionKeyCannotChangeAnEvolution(uint8 field, uint8 bit) public {
        Step memory step = _nextStep(3, _evolve(2));
        _flip(step, 7 + field % 5, bit);
        _expectRefused(step, WorkEvolution.BadEvolutionSignature.selector);
    }

    /// What the platform signs is one place in one chain: a step with the same parent, signed for another head, is refused.
    function testFuzzAnotherHeadIsRefused(bytes32 previous) public {
        Step memory step = _nextStep(3, _evolve(2));
        vm.assume(previous != step.previous);
        step.previous = previous;
        _signEvolution(step);
        _expectRefused(step, WorkEvolution.BadEvolutionSignature.selector);
    }

    function testFuzzOneBitOfASignatureIsRefused(uint16 place, bool ofEvolution) public {
        Step memory step = _nextStep(3, _evolve(2));
        bytes memory signature = ofEvolution ? step.work.voucherSignature : step.work.receiptSignature;
        signature[place % 512 / 8] ^= bytes1(uint8(1) << uint8(place % 8));
        _expectRefused(
            step, ofEvolution ? WorkEvolution.BadEvolutionSignature.selector : WorkVersions.BadReceiptSignature.selector
        );
    }

    function testAStepWithTermsOrAParameterTextIsNoStep() public {
        Step memory step = _nextStep(3, _evolve(2));
        step.work.evolve = _anyone();
        _signStep(step);
        _expectRefused(step, Records.BadRecord.selector);
    }

    function _flip(Step memory step, uint256 field, uint8 bit) private pure {
        bytes32 one = bytes32(uint256(1) << bit);
        if (field == 0) step.work.version ^= one;
        if (field == 1) step.work.seed ^= uint64(1) << (bit % 64);
        if (field == 2) step.work.promptHash ^= one;
        if (field == 3) step.work.content ^= one;
        if (field == 4) {
            _flipText(bytes(step.work.params), bit);
            step.paramsHash = sha256(bytes(step.work.params));
        }
        if (field == 5) step.work.parent ^= one;
        if (field == 6) step.token ^= uint256(one);
        if (field == 7) step.work.captured ^= uint64(1) << (bit % 64);
        if (field == 8) step.work.codec ^= uint8(1) << (bit % 8);
        if (field == 9) step.work.image ^= one;
        if (field == 10) _flipText(bytes(step.work.label), bit);
        if (field == 11) _flipText(step.work.traits, bit);
        if (field == 12) step.work.deadline ^= uint64(1) << (bit % 64);
    }

    function _flipText(bytes memory text, uint8 bit) private pure {
        text[bit / 8 % text.length] ^= bytes1(uint8(1) << (bit % 8));
    }

    // ---------------------------------------------------------------- replay

    function testAStepIsTakenOnce() public {
        Step memory step = _nextStep(3, _evolve(2));
        collection.evolve(_request(step));
        _expectRefused(step, WorkEvolution.NotTheHead.selector);
    }

    /// Two tokens of the same receipt cannot be: the other has a receipt and so a seal of its own.
    function testAnotherTokenRefusesTheStep() public {
        (Work memory other, uint256 otherToken) = _mintDynamic(9, _anyone());
        Step memory step = _firstStep(2, first, token);
        step.token = otherToken;
        _expectFirstRefused(other, step, WorkEvolution.NotTheHead.selector);
    }

    function testAnotherCollectionRefusesTheStep() public {
        Step memory step = _firstStep(2, first, token);
        collection = _create(creator, "second", _version());
        Work memory again = first;
        _sign(again);
        vm.assertEq(collection.mint(_packed(again)), token);
        _expectFirstRefused(first, step, WorkEvolution.NotTheHead.selector);
        // With the parent of that collection, both signatures are of another domain.
        Step memory moved = _firstStep(2, first, token);
        moved.work.receiptSignature = step.work.receiptSignature;
        _expectFirstRefused(first, moved, WorkVersions.BadReceiptSignature.selector);
        _signStep(moved);
        moved.work.voucherSignature = step.work.voucherSignature;
        _expectFirstRefused(first, moved, WorkEvolution.BadEvolutionSignature.selector);
    }

    function testAnotherChainRefusesTheStep() public {
        Step memory step = _nextStep(3, _evolve(2));
        vm.chainId(1);
        _expectRefused(step, WorkVersions.BadReceiptSignature.selector);
    }

    function testAfterABurnNoStepIsTaken() public {
        Step memory step = _nextStep(3, _evolve(2));
        vm.prank(collector);
        collection.burn(token);
        _expectRefused(step, WorkEvolution.NotTheHead.selector);
    }

    function testFuzzARevokedVersionTakesOnlyEarlierRuns(uint16 before, uint16 afterwards) public {
        Step memory step = _nextStep(3, _evolve(2));
        uint40 revokedAt = uint40(NOW - 100_000);
        vm.prank(creator);
        collection.revokeVersion(VERSION, revokedAt);
        step.work.captured = revokedAt + uint64(afterwards);
        _signStep(step);
        _expectRefused(step, abi.encodeWithSelector(WorkVersions.VersionRevokedBefore.selector, revokedAt));
        step.work.captured = revokedAt - 1 - uint64(before);
        _signStep(step);
        collection.evolve(_request(step));
    }

    function testChangingThePlatformKeyVoidsItsEvolutions() public {
        Step memory step = _nextStep(3, _evolve(2));
        vm.prank(platformOwner);
        factory.setPlatformSigner(vm.addr(0x7E57));
        _expectRefused(step, WorkEvolution.BadEvolutionSignature.selector);
        vm.prank(platformOwner);
        factory.setPlatformSigner(address(0));
        _expectRefused(step, WorkEvolution.BadEvolutionSignature.selector);
    }

    // ---------------------------------------------------------------- helpers

    function _evolve(uint256 n) private returns (Step memory step) {
        step = _firstStep(n, first, token);
        collection.evolveFirst(_record(first), _request(step));
    }

    function _ofHolder() private returns (Step memory) {
        (first, token) = _mintDynamic(10, _byHolder());
        return _firstStep(2, first, token);
    }

    function _ruled() private returns (Rule rule, Step memory step) {
        rule = new Rule();
        (first, token) = _mintDynamic(10, _terms(EvolveTerms.BY_ANYONE, address(rule), 0));
        step = _firstStep(2, first, token);
    }

    function _expectFirstRefused(Work memory shown, Step memory step, bytes memory why) private {
        vm.expectRevert(why);
        collection.evolveFirst(_record(shown), _request(step));
    }

    function _expectFirstRefused(Work memory shown, Step memory step, bytes4 why) private {
        _expectFirstRefused(shown, step, abi.encodeWithSelector(why));
    }
}
