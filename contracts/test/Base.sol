// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Ownable} from "solady/auth/Ownable.sol";

/// The cheat codes our tests use. Ours, because no current forge-std is published on npm.
interface Vm {
    struct Gas {
        uint64 gasLimit;
        uint64 gasTotalUsed;
        uint64 gasMemoryUsed;
        int64 gasRefunded;
        uint64 gasRemaining;
    }

    struct Log {
        bytes32[] topics;
        bytes data;
        address emitter;
    }

    function addr(uint256 key) external pure returns (address);
    function sign(uint256 key, bytes32 digest) external pure returns (uint8 v, bytes32 r, bytes32 s);
    function prank(address sender) external;
    function deal(address account, uint256 balance) external;
    function warp(uint256 timestamp) external;
    function chainId(uint256 id) external;
    function assume(bool condition) external pure;
    function etch(address target, bytes calldata code) external;
    function label(address account, string calldata name) external;
    function expectRevert(bytes4 selector) external;
    function expectRevert(bytes calldata data) external;
    function expectRevert() external;
    function recordLogs() external;
    function getRecordedLogs() external returns (Log[] memory);
    function lastCallGas() external view returns (Gas memory);
    function readFile(string calldata path) external view returns (string memory);
    function parseJsonKeys(string calldata json, string calldata path) external pure returns (string[] memory);
    function parseJsonUint(string calldata json, string calldata path) external pure returns (uint256);
    function parseJsonAddress(string calldata json, string calldata path) external pure returns (address);
    function parseJsonBytes(string calldata json, string calldata path) external pure returns (bytes memory);
    function parseJsonBytes32(string calldata json, string calldata path) external pure returns (bytes32);
    function parseJsonString(string calldata json, string calldata path) external pure returns (string memory);
    function keyExistsJson(string calldata json, string calldata path) external view returns (bool);
    function toString(uint256 value) external pure returns (string memory);
    function assertEq(uint256 a, uint256 b) external pure;
    function assertEq(bytes32 a, bytes32 b) external pure;
    function assertEq(address a, address b) external pure;
    function assertEq(string calldata a, string calldata b) external pure;
    function assertEq(bytes calldata a, bytes calldata b) external pure;
    function assertEq(uint256 a, uint256 b, string calldata why) external pure;
    function assertTrue(bool condition) external pure;
    function assertTrue(bool condition, string calldata why) external pure;
    function assertFalse(bool condition) external pure;
    function assertLe(uint256 a, uint256 b, string calldata why) external pure;
    function expectCall(address callee, bytes calldata data, uint64 count) external;
    function parseJsonBytes32Array(string calldata json, string calldata path) external pure returns (bytes32[] memory);
}

abstract contract Base {
    Vm internal constant vm = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));
    bool public constant IS_TEST = true;

    /// The only way a collection changes hands: the receiver asks for it, then the owner agrees.
    function _handOver(Ownable collection, address to) internal {
        address owner = collection.owner();
        vm.prank(to);
        collection.requestOwnershipHandover();
        vm.prank(owner);
        collection.completeOwnershipHandover(to);
    }
}
