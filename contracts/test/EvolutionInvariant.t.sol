// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {WorkEvolution} from "../src/WorkEvolution.sol";
import {WorkCollection} from "../src/WorkCollection.sol";
import {EvolutionFixture, Step} from "./EvolutionFixture.sol";
import {Work} from "./Fixture.sol";

/// Dynamic works minted, evolved rightly and wrongly, pinned, moved, burned and minted again, in any order.
contract EvolutionHandler is EvolutionFixture {
    uint256[] public tokens;
    mapping(uint256 token => bytes) private firsts;
    mapping(uint256 token => bytes[]) private steps;
    mapping(uint256 token => bytes32) public heads;
    mapping(uint256 token => bytes32) private parents;
    mapping(uint256 token => bool) public burned;
    mapping(uint256 token => uint256) private numbers;
    uint256 private next = 1;

    constructor() {
        super.setUp();
    }

    /// Not a second time: the fuzzer calls whatever is public.
    function setUp() public override {}

    function collectionAddress() external view returns (WorkCollection) {
        return collection;
    }

    function count() external view returns (uint256) {
        return tokens.length;
    }

    function firstOf(uint256 token) external view returns (bytes memory) {
        return firsts[token];
    }

    function stepsOf(uint256 token) external view returns (bytes[] memory) {
        return steps[token];
    }

    function mint() external {
        uint256 n = next++;
        (Work memory work, uint256 token) = _mintDynamic(n, _anyone());
        tokens.push(token);
        (firsts[token], heads[token], parents[token], numbers[token]) =
        (_record(work), bytes32(token), _digest(work), n);
    }

    function evolve(uint256 which) external {
        if (tokens.length == 0) return;
        uint256 token = tokens[which % tokens.length];
        Step memory step = _stepOf(token);
        bool first = steps[token].length == 0;
        if (burned[token]) {
            vm.expectRevert(first ? WorkEvolution.NotTheFirstRecord.selector : WorkEvolution.NotTheHead.selector);
        }
        if (first) collection.evolveFirst(firsts[token], _request(step));
        else collection.evolve(_request(step));
        if (burned[token]) return;
        steps[token].push(_stepRecord(step));
        (heads[token], parents[token]) = (_metadataOf(step), _digest(step.work));
    }

    function evolveWrongly(uint256 which, uint8 how) external {
        if (tokens.length == 0) return;
        uint256 token = tokens[which % tokens.length];
        if (steps[token].length == 0) return;
        Step memory step = _stepOf(token);
        if (how % 3 == 0) step.work.parent = keccak256("another");
        if (how % 3 == 1) step.previous = keccak256("another");
        if (how % 3 == 2) step.terms = _byHolder();
        _signStep(step);
        vm.expectRevert();
        collection.evolve(_request(step));
    }

    function pin(uint256 which, bool undo) external {
        if (tokens.length == 0) return;
        uint256 token = tokens[which % tokens.length];
        if (burned[token]) return;
        address holder = collection.ownerOf(token);
        vm.prank(holder);
        if (undo) collection.unpin(token);
        else collection.pin(token, 0, new bytes[](0));
    }

    function transfer(uint256 which, uint160 to) external {
        if (tokens.length == 0 || to == 0) return;
        uint256 token = tokens[which % tokens.length];
        if (burned[token]) return;
        address holder = collection.ownerOf(token);
        vm.prank(holder);
        collection.transferFrom(holder, address(to), token);
    }

    function burn(uint256 which) external {
        if (tokens.length < 3) return;
        uint256 token = tokens[which % tokens.length];
        if (burned[token]) return;
        address holder = collection.ownerOf(token);
        vm.prank(holder);
        collection.burn(token);
        burned[token] = true;
    }

    function mintAgain(uint256 which) external {
        if (tokens.length == 0) return;
        uint256 token = tokens[which % tokens.length];
        Work memory work = _dynamic(numbers[token], _anyone());
        vm.expectRevert(abi.encodeWithSelector(WorkCollection.AlreadyMinted.selector, token));
        collection.mint(_packed(work));
    }

    function _stepOf(uint256 token) private returns (Step memory step) {
        step.work = _work(next++);
        step.work.parent = parents[token];
        (step.token, step.previous, step.terms) = (token, heads[token], _anyone());
        _signStep(step);
    }
}

contract EvolutionInvariantTest is EvolutionFixture {
    EvolutionHandler private handler;

    function setUp() public override {
        handler = new EvolutionHandler();
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    /// The head is the last step that was taken, the chain leads to it from the first one on, and the first metadata is what it was.
    function invariantTheChainOfStepsIsIntact() public view {
        WorkCollection works = handler.collectionAddress();
        uint256 count = handler.count();
        for (uint256 i = count > 4 ? count - 4 : 0; i < count; ++i) {
            uint256 token = handler.tokens(i);
            bytes[] memory steps = handler.stepsOf(token);
            bool there = !handler.burned(token);
            vm.assertEq(works.headOf(token), there ? handler.heads(token) : bytes32(token));
            vm.assertTrue(works.verifyRecord(token, handler.firstOf(token)) == there);
            vm.assertTrue(works.verifySteps(token, bytes32(token), steps) == (there && steps.length > 0));
        }
    }

    function invariantStepsUseNoSupply() public view {
        vm.assertEq(handler.collectionAddress().versionOf(VERSION).minted, handler.count());
    }
}
