// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {EvolveTerms} from "../src/lib/EvolveTerms.sol";
import {Evolution, EvolveRequest} from "../src/Types.sol";
import {Fixture, Work} from "./Fixture.sol";

/// Everything a step brings: a work whose `voucherSignature` is the evolution's, and where it is appended.
struct Step {
    Work work;
    uint256 token;
    bytes32 previous; // the head until now, which the platform signs and the contract knows
    bytes29 terms;
    bytes32 paramsHash; // of the work's parameters; hashing them is a call, which `prank` and `expectRevert` would take for theirs
}

/// A dynamic work and steps that it takes. Tests change one thing of them.
abstract contract EvolutionFixture is Fixture {
    function _terms(uint8 by, address rule, uint64 until) internal pure returns (bytes29) {
        return bytes29(abi.encodePacked(by, rule, until));
    }

    function _anyone() internal pure returns (bytes29) {
        return _terms(EvolveTerms.BY_ANYONE, address(0), 0);
    }

    function _byHolder() internal pure returns (bytes29) {
        return _terms(EvolveTerms.BY_HOLDER, address(0), 0);
    }

    function _dynamic(uint256 n, bytes29 terms) internal view returns (Work memory work) {
        work = _work(n);
        work.evolve = terms;
        _sign(work);
    }

    function _mintDynamic(uint256 n, bytes29 terms) internal returns (Work memory work, uint256 id) {
        work = _dynamic(n, terms);
        id = collection.mint(_packed(work));
    }

    /// The step that follows a fresh token of `first`.
    function _firstStep(uint256 n, Work memory first, uint256 token) internal view returns (Step memory) {
        return _step(n, token, bytes32(token), _digest(first), first.evolve);
    }

    /// The step that follows `before`, which is the head.
    function _nextStep(uint256 n, Step memory before) internal view returns (Step memory) {
        return _step(n, before.token, _metadataOf(before), _digest(before.work), before.terms);
    }

    function _step(uint256 n, uint256 token, bytes32 previous, bytes32 parent, bytes29 terms)
        private
        view
        returns (Step memory step)
    {
        step.work = _work(n);
        step.work.parent = parent;
        step.work.traits = TRAITS;
        step.token = token;
        step.previous = previous;
        step.terms = terms;
        _signStep(step);
    }

    function _signStep(Step memory step) internal view {
        step.paramsHash = sha256(bytes(step.work.params));
        step.work.receiptSignature = _signature(VERSION_KEY, _digest(step.work));
        _signEvolution(step);
    }

    function _signEvolution(Step memory step) internal view {
        step.work.voucherSignature = _signature(PLATFORM_KEY, collection.evolutionDigestOf(_evolution(step)));
    }

    function _digest(Work memory work) internal view returns (bytes32) {
        return collection.receiptDigestOf(_receipt(work));
    }

    function _evolution(Step memory step) internal view returns (Evolution memory) {
        return Evolution({
            token: step.token,
            previous: step.previous,
            receipt: _digest(step.work),
            label: keccak256(bytes(step.work.label)),
            traits: keccak256(step.work.traits),
            codec: step.work.codec,
            image: step.work.image,
            captured: step.work.captured,
            deadline: step.work.deadline
        });
    }

    function _stepRecord(Step memory step) internal pure returns (bytes memory) {
        return abi.encodePacked(_recordHead(step.work), step.paramsHash);
    }

    function _metadataOf(Step memory step) internal view returns (bytes32) {
        return sha256(bytes(collection.renderStep(step.token, step.previous, _stepRecord(step))));
    }

    function _request(Step memory step) internal pure returns (EvolveRequest memory) {
        return EvolveRequest({
            token: step.token,
            captured: step.work.captured,
            deadline: step.work.deadline,
            terms: step.terms,
            record: _stepRecord(step),
            receiptSignature: step.work.receiptSignature,
            evolutionSignature: step.work.voucherSignature
        });
    }

    /// Records of the steps, as `pin` and `verifySteps` take them.
    function _records(Step memory a) internal pure returns (bytes[] memory records) {
        records = new bytes[](1);
        records[0] = _stepRecord(a);
    }

    function _records(Step memory a, Step memory b) internal pure returns (bytes[] memory records) {
        records = new bytes[](2);
        (records[0], records[1]) = (_stepRecord(a), _stepRecord(b));
    }

    function _expectRefused(Step memory step, bytes memory why) internal {
        vm.expectRevert(why);
        collection.evolve(_request(step));
    }

    function _expectRefused(Step memory step, bytes4 why) internal {
        _expectRefused(step, abi.encodeWithSelector(why));
    }
}
